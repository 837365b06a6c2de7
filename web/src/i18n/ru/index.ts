import { cards } from './cards';
import { entrance } from './entrance';
import { frame } from './frame';
import { history } from './history';
import { problems } from './problems';
import { staff } from './staff';

/** Every sentence of the site, by id. Russian is the source: a missing English one does not compile. */
export const ru = { ...frame, ...entrance, ...cards, ...history, ...problems, ...staff };
