import { createFlag } from '@/http/flag';

/** Set when the server says that nobody is signed in any more. */
export const sessionEnded = createFlag(false);
