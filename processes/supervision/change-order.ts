import { answering, type CommandOptions } from '../../engine/index.ts';
import { Rejection } from '../../engine/kernel/rejection.ts';
import { actorOf } from '../casework/deps.ts';
import type { Person } from '../directory/index.ts';
import { supervisionOf, withSupervision } from './annex.ts';
import type { SupervisionDeps } from './deps.ts';
import { findOrder } from './find-orders.ts';
import { orderData, refuseDays } from './issue-order.ts';
import {
  isClosed,
  maySeeOrder,
  orderDocument,
  orderNotFound,
  refuseOrderAct,
  type Order,
  type OrderAct,
  type Said,
} from './order.ts';
import { replyDue } from './reply-due.ts';
import { DEFAULT_RULES } from './rules.ts';
import { checkedText } from './text.ts';

interface Change {
  readonly number: string;
  readonly text: string;
}

type Answered = CommandOptions<Order> | undefined;

/** The department says what it did; the supervisor judges that next. Refuses as `refuseOrderAct`, `order.not_found` */
export function replyToOrder(deps: SupervisionDeps, reply: Change, person: Person, options?: Answered): Promise<Order> {
  return changeOrder(deps, reply, 'reply', person, options, (said) => ({
    status: 'replied',
    reply: said,
    verdict: null,
  }));
}

/**
 * The supervisor is content and closes the order, or returns it for another reply in so many working days from now: as many
 * as before where `days` does not say. Refuses as `replyToOrder`, `order.bad_days`
 */
export async function judgeOrder(
  deps: SupervisionDeps,
  { accepted, days: given, ...verdict }: Change & { accepted: boolean; days?: number | undefined },
  person: Person,
  options?: Answered,
): Promise<Order> {
  if (given !== undefined) refuseDays(given);
  return changeOrder(deps, verdict, 'judge', person, options, (said, order) => {
    if (accepted) return { status: 'accepted', verdict: said };
    // orders of older versions do not tell
    const days = given ?? order.days ?? DEFAULT_RULES.replyDays;
    const due = replyDue({ from: said.at, days }, deps.calendar);
    return { status: 'returned', verdict: said, days, returnedAt: said.at, ...due };
  });
}

/** The order is taken back, with the reason. Refuses as `replyToOrder` */
export function revokeOrder(deps: SupervisionDeps, revoke: Change, person: Person, options?: Answered): Promise<Order> {
  return changeOrder(deps, revoke, 'revoke', person, options, (said) => ({ status: 'revoked', revocation: said }));
}

async function changeOrder(
  deps: SupervisionDeps,
  { number, text: given }: Change,
  act: OrderAct,
  person: Person,
  options: Answered,
  change: (said: Said, order: Order) => Pick<Order, 'status'> & Partial<Order>,
): Promise<Order> {
  const { engine, directory } = deps;
  const listed = await findOrder(deps, number);
  if (!listed || !maySeeOrder(person, listed)) throw orderNotFound(number);
  const text = checkedText(given);
  let changed = listed;
  await engine.noteCase(
    {
      caseId: listed.caseId,
      decide: (row) => {
        const open = supervisionOf(row).orders ?? [];
        const order = open.find((each) => each.number === number);
        if (!order) throw closed(number);
        const refusal = refuseOrderAct(directory, person, order, act);
        if (refusal) throw refusal;
        const at = engine.now();
        changed = { ...order, statusAt: at, ...change({ text, by: person.id, at }, order) };
        const orders = open.map((each) => (each.number === number ? changed : each)).filter((each) => !isClosed(each));
        return {
          events: [{ type: `order.${changed.status}`, data: { ...orderData(deps, changed), text } }],
          annex: withSupervision(row, { orders }),
          documents: [orderDocument(changed)],
        };
      },
    },
    actorOf(person),
    answering(options, () => changed),
  );
  return changed;
}

function closed(number: string): Rejection {
  return new Rejection('conflict', 'order.closed', `Expected order '${number}' to be open, but it is closed`, {
    order: number,
  });
}
