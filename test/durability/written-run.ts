import { hashOf } from './chain.ts';
import type { FinalCase, HistoryEvent } from './evidence.ts';

/** Numbered and chained anew, so that nothing but what is meant is wrong. */
export function rechained(events: readonly HistoryEvent[], caseId = 'case-1'): HistoryEvent[] {
  let prevHash = '';
  return events.map((each, index) => {
    const event = { ...each, seq: index + 1, prevHash };
    const chained = { ...event, hash: hashOf(caseId, event) };
    prevHash = chained.hash;
    return chained;
  });
}

export const without = (final: FinalCase, ...numbers: number[]): FinalCase => ({
  ...final,
  history: rechained(
    final.history.filter(({ seq }) => !numbers.includes(seq)),
    final.id,
  ),
});
export const changed = (final: FinalCase, seq: number, change: Partial<HistoryEvent>): FinalCase => ({
  ...final,
  history: final.history.map((each) => (each.seq === seq ? { ...each, ...change } : each)),
});
/** At another instant. */
export const moved = (final: FinalCase, seq: number, at: number): FinalCase => {
  const { history } = changed(final, seq, { at: new Date(at).toISOString() });
  return { ...final, history: rechained(history, final.id) };
};
export const again = (final: FinalCase, seq: number): FinalCase => ({
  ...final,
  history: rechained([...final.history.slice(0, seq), final.history[seq - 1]!, ...final.history.slice(seq)], final.id),
});
