import { IconArrowLeft } from '@tabler/icons-react';
import { createLink } from '@tanstack/react-router';
import type { ComponentProps } from 'react';
import classes from './BackLink.module.css';

const Anchor = ({ children, ...props }: ComponentProps<'a'>) => (
  <a {...props} className={classes.back}>
    <IconArrowLeft size={16} aria-hidden /> {children}
  </a>
);

/** The way back, above a page's title; its address is checked against the routes. */
export const BackLink = createLink(Anchor);
