import { cards } from './cards';
import { entrance } from './entrance';
import { frame } from './frame';
import { history } from './history';
import { problems } from './problems';
import { staff } from './staff';

export const en = { ...frame, ...entrance, ...cards, ...history, ...problems, ...staff };
