import { EXCLUDED_TIME, SUPPLEMENT, type Article } from './articles.ts';
import type { Count, Ending } from './count.ts';
import type { HoldNote, HoldPart, LedgerLine } from './ledger.ts';
import type { Hold, Terms } from './terms.ts';

/** Each hold with what it took from the count beyond those before it: what overlaps is not counted twice. */
export function heldLines(
  { holds = [], start, limit }: Terms,
  count: Count,
  { dueAt }: Ending,
): Omit<LedgerLine, 'calendarVersion'>[] {
  const inOrder = [...holds].sort((a, b) => a.from - b.from);
  let before = 0;
  return inOrder.map((hold, index) => {
    const after = heldBy(count, inOrder.slice(0, index + 1));
    const amount = before === Infinity ? 0 : after - before;
    before = after;
    const late = dueAt !== null && hold.from >= dueAt;
    const note = amount > 0 && !late ? undefined : noteOf(count, hold, start, late);
    const without = note ? [] : partsOf(count, hold, amount);
    return {
      kind: 'held',
      at: hold.from,
      until: hold.to,
      amount: late ? 0 : amount === Infinity ? null : amount / count.perUnit,
      unit: limit.unit,
      reason: hold.reason,
      ...(hold.reason === 'local' && hold.local && { local: hold.local }),
      ...(note && { note }),
      ...(without.length > 0 && { without }),
      ...(hold.basis !== undefined && { basis: hold.basis }),
      ...articleOf(hold),
    };
  });
}

function articleOf({ reason }: Hold): { article?: Article } {
  if (reason === 'local' || reason === 'elsewhere') return {};
  return { article: reason === 'supplement' ? SUPPLEMENT : EXCLUDED_TIME };
}

/** What would be counted were it not held; Infinity where there is no end. */
function heldBy({ gapsOf, counter, origin }: Count, holds: readonly Hold[]): number {
  return gapsOf(holds)
    .filter(({ to }) => to > origin)
    .reduce((sum, { from, to }) => sum + (to === Infinity ? to : counter.between(Math.max(from, origin), to)), 0);
}

function noteOf(count: Count, hold: Hold, start: number, late: boolean): HoldNote {
  if (late) return 'afterEnd';
  if (hold.to !== null && hold.to <= start) return 'beforeStart';
  return heldBy(count, [hold]) > 0 ? 'overlapping' : 'noTime';
}

function partsOf(count: Count, hold: Hold, amount: number): HoldPart[] {
  const { gapsOf, counter, origin } = count;
  const early = gapsOf([hold], hold.from).some(
    ({ from, to }) => from < origin && counter.between(from, Math.min(to, origin)) > 0,
  );
  return [
    ...(early ? ['beforeStart' as const] : []),
    ...(heldBy(count, [hold]) > amount ? ['overlapping' as const] : []),
  ];
}
