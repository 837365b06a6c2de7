/** The register of companies, what is wrong with its rows, and payments that nobody is known for. */
export const register = {
  'field.formula_cell': 'Текст не начинается с =, +, - или @: таблица приняла бы его за формулу',
  'field.register_empty': 'Файл пуст',
  'field.register_not_text': 'Это не текст: сохраните таблицу как CSV, в UTF-8 или windows-1251',
};
