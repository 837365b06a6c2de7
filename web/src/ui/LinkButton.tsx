import { Button } from '@mantine/core';
import { createLink } from '@tanstack/react-router';

/** A link that looks like a button; its address is checked against the routes. */
export const LinkButton = createLink(Button<'a'>);
