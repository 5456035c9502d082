import type { Engine } from '../../engine/index.ts';
import type { JsonObject } from '../../engine/kernel/json.ts';
import type { Commit, EventRow } from '../../engine/store/ports.ts';
import { alsoConcerned, withSupervision } from './annex.ts';

/** What happened to an order, for another case that it is about than the one that keeps it. */
export interface NotedOrder {
  readonly caseId: string;
  readonly actor: string;
  readonly data: JsonObject;
}

/** What the other cases of orders have to tell because of these events, each with the number of its event. */
export function notedOrders(events: readonly EventRow[]): { seq: number; noted: NotedOrder }[] {
  return events
    .filter(({ type, data }) => type.startsWith('order.') && Array.isArray(data.others))
    .flatMap(({ seq, type, actor, data: { others, ...data } }) =>
      (others as string[]).map((caseId) => ({ seq, noted: { caseId, actor, data: { ...data, event: type } } })),
    );
}

/**
 * Tells of an order in the history of another case that it is about, and lets the department see that case. Nobody is sent
 * a notice again: the case that keeps the order has sent it.
 */
export async function noteOrder(
  { engine }: { readonly engine: Engine },
  { caseId, actor, data }: NotedOrder,
  fence: NonNullable<Commit['fence']>,
): Promise<void> {
  await engine.noteCase(
    {
      caseId,
      fence,
      decide: (row) => ({
        events: [{ type: 'order.noted', data }],
        annex: withSupervision(row, alsoConcerned(row, [data.department as string])),
      }),
    },
    { id: actor, name: actor, groups: [] },
  );
}
