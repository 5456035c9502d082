import type { CaseBranch, CaseBranches } from '../../shared/contract.ts';

type Timed = Pick<CaseBranch, 'used' | 'held' | 'limit'> & Partial<Pick<CaseBranch, 'unpromised'>>;

/** Lengths in percent of the track. All begin at 0: neither what is held nor what promises nothing counts towards the limit. */
export interface Bar {
  /** Without what promises nothing, where it has a limit. */
  readonly used: number;
  readonly unpromised: number;
  readonly held: number;
  /** Where the limit stands; null without one. */
  readonly limit: number | null;
}

/** How long a limit lasts, in its unit: work on the spot (0 days) takes its day. */
export function lengthOf({ value, unit }: NonNullable<CaseBranch['limit']>): number {
  return value === 0 && unit !== 'workingHours' ? 1 : value;
}

/** The longest bar of each unit fills its track, so that bars of one unit can be compared. */
export function barsOf(branches: CaseBranches): { whole: Bar; items: Bar[] } {
  const all: Timed[] = [branches, ...branches.items];
  const longest = new Map<string, number>();
  for (const { used, held, limit } of all) {
    const most = Math.max(longest.get(used.unit) ?? 0, used.value, held.value, limit ? lengthOf(limit) : 0);
    longest.set(used.unit, most);
  }
  const [whole, ...items] = all.map(({ used, unpromised, held, limit }): Bar => {
    const scale = longest.get(used.unit)! || 1;
    const part = (value: number): number => (value / scale) * 100;
    const besides = unpromised?.value ?? 0;
    return {
      used: part(used.value - besides),
      unpromised: part(besides),
      held: part(held.value),
      limit: limit && part(lengthOf(limit)),
    };
  });
  return { whole: whole!, items };
}
