import type { FinalCase, HistoryEvent } from './evidence.ts';
import { otherwise } from './otherwise.ts';
import type { ShownClock } from './shown.ts';

const NONE: ShownClock = { holds: [], extensions: [], supplements: [] };

/** The page of a case shows the holds, extensions and supplements that its history tells of, and no others. */
export function clockStands({ id, history, clock }: FinalCase): string[] {
  if (clock === undefined) return [];
  const { holds, extensions, supplements } = clock ?? NONE;
  const of = (...types: string[]) => history.filter(({ type }) => types.includes(type));
  return [
    ...otherwise(`the page of case ${id} shows other holds`, holdsOf(of), holds.map(shownHold)),
    ...otherwise(
      `the page of case ${id} shows other extensions`,
      of('clock.extended').map(({ data: { value, note } }) => ({ value, note })),
      extensions.map(({ value, note }) => ({ value, note })),
    ),
    ...otherwise(
      `the page of case ${id} shows other supplements`,
      supplementsOf(of('supplement.noticed', 'supplement.answered')),
      supplements.map(({ defects, note, answer }) => ({
        defects,
        note,
        answer: answer && { note: answer.note, files: answer.remedies.flatMap(({ files }) => files).length },
      })),
    ),
  ];
}

function shownHold({ reason, from, to, expectedDays, notice }: ShownClock['holds'][number]) {
  return { reason, number: notice?.number, days: expectedDays, since: to === null ? null : Date.parse(from) };
}

/** `since`: when one that has ended began. */
function holdsOf(of: (...types: string[]) => HistoryEvent[]) {
  const ends = of('clock.hold_ended', 'clock.resumed');
  return of('clock.held').map(({ seq, data: { reason, expectedDays, notice } }) => {
    const end = ends.find((each) => each.seq > seq && each.data.reason === reason);
    return {
      reason,
      number: (notice as { number: string }).number,
      days: expectedDays,
      since: end ? end.data.since : null,
    };
  });
}

/** Each notice, with the answer that came before the next. */
function supplementsOf(events: readonly HistoryEvent[]) {
  return events.flatMap(({ type, data: { defects, note } }, index) => {
    if (type !== 'supplement.noticed') return [];
    const next = events[index + 1];
    const answered = next?.type === 'supplement.answered' ? next.data : undefined;
    return [{ defects, note, answer: answered ? { note: answered.note, files: answered.files } : null }];
  });
}
