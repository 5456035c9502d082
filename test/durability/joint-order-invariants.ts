import { groupBy } from '../../engine/kernel/group-by.ts';
import type { Circumstances, FinalCase, HistoryEvent } from './evidence.ts';
import { quietWait } from './time-invariants.ts';

/** Something that was done with an order: what it is, and the case that tells of it. */
interface Told {
  readonly type: string;
  readonly in: string;
  readonly event: HistoryEvent;
}

/**
 * What is done with an order about several cases is told of once in each of the others: as it is told of in the case that
 * keeps the order, not earlier, and not long after.
 */
export function noted(cases: readonly FinalCase[], circumstances: Circumstances): string[] {
  const all = cases.flatMap(({ id, history }) => history.map((event) => ({ in: id, type: event.type, event })));
  const done = groupBy(
    all.flatMap((each) => othersOf(each.event).map((id) => ({ ...each, in: id }))),
    nameOf,
  );
  const told = groupBy(
    all.filter(({ type }) => type === 'order.noted').map((each) => ({ ...each, type: String(each.event.data.event) })),
    nameOf,
  );
  return [
    ...[...done].flatMap(([name, [first]]) => {
      const [note, ...more] = told.get(name) ?? [];
      if (!note) return [`${name} is not told of there`];
      if (more.length > 0) return [`${name} is told of there ${more.length + 1} times`];
      return wrong(name, first!.event, note.event, circumstances);
    }),
    ...[...told.keys()].filter((name) => !done.has(name)).map((name) => `${name} is told of there, and was not done`),
  ];
}

function wrong(
  name: string,
  done: HistoryEvent,
  note: HistoryEvent,
  { offMs = Infinity, lateMs = Infinity, ...circumstances }: Circumstances,
): string[] {
  const [from, to] = [Date.parse(done.at), Date.parse(note.at)];
  const wait = quietWait(from, to, circumstances);
  return [
    ...(note.actor.id === done.actor.id ? [] : [`${name} is told of there as of '${note.actor.id}'`]),
    ...(wordsOf(note) === wordsOf(done) ? [] : [`${name} is told of there in other words`]),
    ...(from - to > offMs ? [`${name} is told of there ${from - to} ms before it was done`] : []),
    ...(wait > lateMs ? [`${name} is told of there ${wait} ms late`] : []),
  ];
}

const othersOf = ({ type, data }: HistoryEvent) =>
  type.startsWith('order.') ? ((data.others ?? []) as readonly string[]) : [];

const nameOf = ({ in: id, type, event: { data } }: Told) =>
  `case ${id}: ${type} '${String(data.text ?? data.what)}' of order ${String(data.number)}`;

/** The case that keeps the order names the others; they name the event. */
function wordsOf({ data: { others: _others, event: _event, ...said } }: HistoryEvent): string {
  return JSON.stringify(Object.entries(said).sort(([a], [b]) => (a < b ? -1 : 1)));
}
