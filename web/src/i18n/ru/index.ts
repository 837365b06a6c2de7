import { first } from '../first';
import { later } from '../later';

/** Every sentence of the site, by id. Russian is the source: a missing English one does not compile. */
export const ru = { ...first, ...later };
