/** Many cards at once. */
export const fleet = {
  'fleet.pick': 'Выбрать: {name}',
  'fleet.pickShown': 'Выбрать все показанные',
};
