import { Button, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { ComponentProps } from 'react';

const ButtonAnchor = (props: ButtonProps & ComponentProps<'a'>) => <Button component="a" {...props} />;

/** A link that looks like a button; its address is checked against the routes. */
export const LinkButton = createLink(ButtonAnchor);
