import { edgesOf, LIGHTS, type ClockState, type Dates, type Light } from '../../time/light.ts';
import { noLights } from '../order.ts';
import type { CaseCounts, LightCounts } from '../ports.ts';
import { lightNeedsNow } from '../refusals.ts';
import type { Collection, Document } from './driver.ts';
import { whole } from './keys.ts';

/** Beside a case or task: how its clock stands, and the instants at which its light changes (`edgesOf`). */
export interface LightFields {
  clock: ClockState;
  yellow: number;
  until: number;
  statutory: number;
}

export function lightFields(row: Dates): LightFields {
  const { clock, yellow, due, statutory } = edgesOf(row);
  return { clock, yellow: whole(yellow), until: whole(due), statutory: whole(statutory) };
}

/** What a case or task with this light has. `query.light_without_now` */
export function lightFilter(light: Light, at: number | undefined): object {
  if (at === undefined) throw lightNeedsNow();
  const now = whole(at);
  switch (light) {
    case 'deepRed':
      return { statutory: { $lt: now } };
    case 'red':
      return { until: { $lt: now }, statutory: { $gte: now } };
    case 'yellow':
      return { clock: { $eq: 'runs' }, yellow: { $lte: now }, until: { $gte: now } };
    case 'green':
      return { clock: { $eq: 'runs' }, yellow: { $gt: now } };
    case 'grey':
      return { clock: { $eq: 'held' } };
    case 'none':
      return { clock: { $eq: 'none' } };
  }
}

type Group = string | null;

/**
 * Counts what is open (`open`) by light, for each value of `by`. Each count walks one range of one index that holds all it
 * needs; what lies between two edges is the difference of two counts.
 */
export async function countByLight<D extends Document>(
  collection: Collection<D>,
  open: object,
  by: string | null,
  at: number,
): Promise<Map<Group, LightCounts>> {
  const now = whole(at);
  const count = async (range: object) =>
    collection
      .aggregate<{ _id: Group; n: number }>([
        { $match: { ...open, ...range } },
        { $group: { _id: by && `$${by}`, n: { $sum: 1 } } },
      ])
      .toArray();
  const [statutory, due, yellow, green, grey, none] = await Promise.all([
    count({ statutory: { $lt: now } }),
    count({ until: { $lt: now } }),
    count({ clock: { $eq: 'runs' }, yellow: { $lte: now } }),
    count({ clock: { $eq: 'runs' }, yellow: { $gt: now } }),
    count({ clock: { $eq: 'held' } }),
    count({ clock: { $eq: 'none' } }),
  ]);
  const groups = new Map<Group, LightCounts>();
  const add = (counted: { _id: Group; n: number }[], light: Light, less?: Light) => {
    for (const { _id, n } of counted) {
      const counts = groups.get(_id) ?? noLights();
      counts[light] += n;
      if (less) counts[less] -= n;
      groups.set(_id, counts);
    }
  };
  add(statutory, 'deepRed', 'red');
  add(due, 'red', 'yellow');
  add(yellow, 'yellow');
  add(green, 'green');
  add(grey, 'grey');
  add(none, 'none');
  return groups;
}

/** Active cases by light, and completed ones up to `most`. */
export async function countCases<D extends Document>(
  cases: Collection<D>,
  at: number,
  most: number,
): Promise<CaseCounts> {
  const [lights, [completed]] = await Promise.all([
    countByLight(cases, { status: { $eq: 'active' } }, null, at),
    cases
      .aggregate<{
        n: number;
      }>([
        { $match: { status: { $eq: 'completed' } } },
        { $limit: whole(most) },
        { $group: { _id: null, n: { $sum: 1 } } },
      ])
      .toArray(),
  ]);
  return { ...(lights.get(null) ?? noLights()), completed: completed?.n ?? 0 };
}

/** The counts of two groups that are one to a reader. */
export function joinCounts(a: LightCounts, b: LightCounts): LightCounts {
  return Object.fromEntries(LIGHTS.map((light) => [light, a[light] + b[light]])) as LightCounts;
}
