import { isRejection, Rejection, SYSTEM } from '../../engine/index.ts';
import type { HouseDates, HouseRecount, HouseRecounted } from '../../engine/index.ts';
import type { WorkCalendar } from '../../engine/time/index.ts';
import { supervisionOf, withSupervision } from './annex.ts';
import type { SupervisionDeps } from './deps.ts';
import { openOrders } from './find-orders.ts';
import { orderData } from './issue-order.ts';
import { orderDocument, type Order } from './order.ts';
import { replyMoved } from './reply-due.ts';

/** Orders of one page: what is looked at again where a node dies. */
const PAGE = 100;

/** Reply dates of orders that are not closed, also of those about closed cases; one that was replied to may be returned. */
export function orderDates(deps: () => SupervisionDeps): Pick<HouseDates, 'recount'> {
  return { recount: (page) => recountOrders(deps(), page) };
}

export interface MovedOrder {
  readonly order: Order;
  /** When the reply would be due. */
  readonly dueAt: number;
  readonly provisional: boolean;
}

/** Of the next `limit` open orders, newest first, those of which another calendar would move the reply date. Moves nothing. */
export async function movedOrders(
  deps: Pick<SupervisionDeps, 'engine'>,
  { calendar, after, limit }: { calendar: WorkCalendar; after: string | null; limit: number },
): Promise<{ moved: MovedOrder[]; next: string | null }> {
  const orders = await openOrders(deps, after, limit);
  const moved = orders.flatMap((order): MovedOrder[] => {
    const due = replyMoved(order, calendar);
    return due ? [{ order, ...due }] : [];
  });
  return { moved, next: nextOf(orders, limit) };
}

/** The number to go on after; null where that were all. */
function nextOf(orders: readonly Order[], limit: number): string | null {
  return orders.length < limit ? null : orders.at(-1)!.number;
}

/** Newest first. One that cannot be counted does not keep the others from their dates; a store that is away keeps them all. */
async function recountOrders(deps: SupervisionDeps, page: HouseRecount): Promise<HouseRecounted> {
  const orders = await openOrders(deps, page.after, PAGE);
  const failed: HouseRecounted['failed'][number][] = [];
  let changed = 0;
  for (const order of orders) {
    try {
      if (await recountOrder(deps, order, page)) changed += 1;
    } catch (refusal) {
      if (!isRejection(refusal) || refusal.kind === 'unavailable') throw refusal;
      failed.push({ case: order.caseId, number: order.number, code: refusal.code });
    }
  }
  return { changed, failed, next: nextOf(orders, PAGE) };
}

/** False: nothing moves, nothing is written. Decided on the case, which knows the order better than the list. */
async function recountOrder(
  deps: SupervisionDeps,
  { number, caseId }: Order,
  { calendar, because, by }: HouseRecount,
): Promise<boolean> {
  try {
    await deps.engine.noteCase(
      {
        caseId,
        decide(row) {
          const open = supervisionOf(row).orders ?? [];
          const order = open.find((each) => each.number === number);
          const due = order && replyMoved(order, calendar);
          if (!due) throw unchanged(number);
          const moved = { ...order, ...due };
          const data = {
            ...because,
            ...orderData(deps, moved),
            was: order.dueAt,
            wasProvisional: order.provisional,
            isProvisional: due.provisional,
            calendarBefore: order.calendarVersion ?? null,
            calendarVersion: due.calendarVersion,
          };
          return {
            events: [{ type: 'order.recounted', data }],
            annex: withSupervision(row, { orders: open.map((each) => (each === order ? moved : each)) }),
            documents: [orderDocument(moved)],
          };
        },
      },
      { ...SYSTEM, id: by },
    );
    return true;
  } catch (refusal) {
    if (isRejection(refusal, 'order.unchanged')) return false;
    throw refusal;
  }
}

function unchanged(number: string): Rejection {
  return new Rejection(
    'conflict',
    'order.unchanged',
    `Expected the date of order '${number}' to move, but it does not`,
    {
      order: number,
    },
  );
}
