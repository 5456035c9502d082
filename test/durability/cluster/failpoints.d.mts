import type { Edit } from './seeded-faults.mjs';

export const FAILPOINTS: readonly (Edit & { name: string })[];
export const EDITS: readonly Edit[];
export function armFailpoints(file: string): void;
