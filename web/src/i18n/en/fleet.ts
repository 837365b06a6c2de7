import type { fleet as russian } from '../ru/fleet';

export const fleet: Record<keyof typeof russian, string> = {
  'fleet.pick': 'Select {name}',
  'fleet.pickShown': 'Select all that are shown',
};
