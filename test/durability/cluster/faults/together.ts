import type { Fault } from './fault.ts';

/** All of them at once. */
export function together(...faults: readonly Fault[]): Fault {
  return async (city, run, chance) =>
    (await Promise.all(faults.map((fault) => fault(city, run, chance)))).join(' and ');
}
