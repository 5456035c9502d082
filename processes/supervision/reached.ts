import type { EventRow } from '../../engine/store/ports.ts';
import type { EscalationLight } from './annex.ts';
import type { Reached } from './escalate.ts';

/** What the deadline checks put on record, by the light that it means. */
const LIGHTS: Readonly<Record<string, EscalationLight>> = {
  'deadline.near': 'yellow',
  'deadline.passed': 'red',
  'deadline.statutory_passed': 'deepRed',
};

/** The clocks that reached a light by these events, each with the number of its event. */
export function reachedBy(events: readonly EventRow[]): { seq: number; reached: Reached }[] {
  return events.flatMap(({ seq, caseId, type, node, token, data }) => {
    const light = LIGHTS[type];
    // without a promise yellow warns of the statutory limit
    const dueAt = light === 'deepRed' ? data.statutoryAt : (data.dueAt ?? data.statutoryAt);
    if (!light || typeof dueAt !== 'number') return [];
    const since = typeof data.since === 'number' && { since: data.since };
    const of: Pick<Reached, 'of'> = data.of === 'acceptance' || data.of === 'delivery' ? { of: data.of } : {};
    return [{ seq, reached: { caseId, light, token: token ?? '', node: node ?? '', dueAt, ...since, ...of } }];
  });
}
