import type { Edit } from './seeded-faults.mjs';

export const POISON: readonly Edit[];
