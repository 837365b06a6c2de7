import type { register as russian } from '../ru/register';

export const register: Record<keyof typeof russian, string> = {
  'field.formula_cell': 'A text does not begin with =, +, - or @: a spreadsheet would take it for a formula',
  'field.register_empty': 'The file is empty',
  'field.register_not_text': 'This is no text: save the table as CSV, in UTF-8 or windows-1251',
};
