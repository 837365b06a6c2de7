import { cards } from './ru/cards';
import { entrance } from './ru/entrance';
import { frame } from './ru/frame';
import { history } from './ru/history';
import { trouble } from './ru/trouble';

/** The Russian that a first visit loads: sign-in, what a client opens every day. */
export const first = { ...frame, ...entrance, ...cards, ...history, ...trouble };
