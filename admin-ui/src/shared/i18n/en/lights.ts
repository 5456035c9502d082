import type { lights as zh } from '../zh/lights.ts';
import type { SameKeys } from '../same-keys.ts';

export const lights: SameKeys<typeof zh> = {
  light: {
    green: 'Green',
    yellow: 'Yellow',
    red: 'Red',
    grey: 'Grey',
    deepRed: 'Deep red',
    none: 'No limit',
    all: 'All',
    label: 'Light',
    legend: 'Legend',
  },
  remaining: {
    none: 'No limit',
    provisional: 'provisional',
    provisionalWhy: 'The due date lies beyond the published calendar and is recomputed when the next notice is loaded',
  },
};
