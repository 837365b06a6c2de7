/** What was typed, as a reason is kept: in one line. */
export const inOneLine = (text: string): string => text.trim().replace(/\s+/g, ' ');
