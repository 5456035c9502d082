import type { JsonObject } from '../../engine/kernel/json.ts';
import { Rejection } from '../../engine/kernel/rejection.ts';
import type { TaggedDocument } from '../../engine/store/ports.ts';
import { may, worksFor, type Directory, type Person } from '../directory/index.ts';
import type { Subject } from './subject.ts';

/** `replied`: waits for the verdict. `accepted` and `revoked` close it. */
export const ORDER_STATUSES = ['issued', 'replied', 'returned', 'accepted', 'revoked'] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

/** A case that an order is about. */
export interface OrderedCase {
  readonly id: string;
  readonly number: string;
  readonly title: string;
}

/** 督办单, with the fields of GB/T 39046-2020 电子监察: see docs/supervision.md. */
export interface Order extends Subject {
  /** 监察编号 */
  readonly number: string;
  /** The case that keeps the order. */
  readonly caseId: string;
  readonly caseNumber: string;
  readonly caseTitle: string;
  /** The other cases that it is about; absent where it is about one. */
  readonly others?: readonly OrderedCase[];
  /** 责任部门 */
  readonly department: string;
  /** 规则编号: `manual`, or what escalated. */
  readonly rule: string;
  /** 预警类型 */
  readonly warning: 'none' | 'yellow' | 'red' | 'deepRed';
  /** 督办内容 */
  readonly what: string;
  /** The name of its element when a rule issued it; absent for the whole case, and in orders of older versions and of people. */
  readonly name?: string;
  /** 督办发出时间 */
  readonly issuedAt: number;
  readonly issuedBy: string;
  /** Working days to reply in; orders of older versions do not tell. */
  readonly days?: number;
  /** When the reply was last returned, and the days began anew; absent where it never was. */
  readonly returnedAt?: number;
  /** Reply until then. */
  readonly dueAt: number;
  readonly provisional: boolean;
  /** What `dueAt` was counted with; orders of older versions do not tell. */
  readonly calendarVersion?: string;
  readonly status: OrderStatus;
  /** 状态时间 */
  readonly statusAt: number;
  readonly reply: Said | null;
  readonly verdict: Said | null;
  readonly revocation: Said | null;
}

/** Words of somebody, and when they were said. */
export interface Said {
  readonly text: string;
  readonly by: string;
  readonly at: number;
}

/** Collection of the documents that lists of orders are made of. */
export const ORDERS = 'supervision-orders';

/** The department has to reply. */
export function isAwaited({ status }: Pick<Order, 'status'>): boolean {
  return status === 'issued' || status === 'returned';
}

export function isClosed({ status }: Pick<Order, 'status'>): boolean {
  return status === 'accepted' || status === 'revoked';
}

/** All cases that an order is about, the one that keeps it first. */
export function casesOf({ caseId, caseNumber, caseTitle, others = [] }: Order): OrderedCase[] {
  return [{ id: caseId, number: caseNumber, title: caseTitle }, ...others];
}

/** The order as lists find it: by case, department and status; `open` stands for all that are not closed. */
export function orderDocument(order: Order): TaggedDocument {
  const { number, department, status } = order;
  const states = isClosed(order) ? [status] : [status, 'open'];
  return {
    collection: ORDERS,
    id: number,
    document: order as unknown as JsonObject,
    tags: [
      ...casesOf(order).map(({ id }) => `case ${id}`),
      `to ${department}`,
      ...states.flatMap((state) => [`is ${state}`, orderTag({ department, status: state })!]),
    ],
  };
}

/** Undefined: all orders. */
export function orderTag({ department, status }: { department?: string; status?: string }): string | undefined {
  if (department !== undefined) return status === undefined ? `to ${department}` : `to ${department} is ${status}`;
  return status === undefined ? undefined : `is ${status}`;
}

/** What may be done with an order, and in which states. */
const FROM = {
  reply: ['issued', 'returned'],
  judge: ['replied'],
  revoke: ['issued', 'replied', 'returned'],
} as const satisfies Record<string, readonly OrderStatus[]>;
export type OrderAct = keyof typeof FROM;

/**
 * The head of its department replies, whoever works there where no head is named; supervisors judge and revoke.
 * `order.not_yours`, `order.wrong_status` (details.status)
 */
export function refuseOrderAct(
  directory: Directory,
  person: Person,
  order: Pick<Order, 'number' | 'department' | 'status'>,
  act: OrderAct,
): Rejection | undefined {
  const { number, status } = order;
  const allowed = act === 'reply' ? mayReply(directory, person, order.department) : may(person, 'orders.issue');
  if (!allowed)
    return new Rejection('forbidden', 'order.not_yours', `Expected to ${act} order '${number}', but it is not theirs`, {
      order: number,
    });
  if (!(FROM[act] as readonly OrderStatus[]).includes(status))
    return new Rejection(
      'conflict',
      'order.wrong_status',
      `Expected to ${act} order '${number}', but it is ${status}`,
      {
        order: number,
        status,
      },
    );
  return undefined;
}

function mayReply(directory: Directory, person: Person, department: string): boolean {
  if (!may(person, 'orders.reply')) return false;
  const head = directory.headOf(department);
  return head ? head.id === person.id : worksFor(person, department);
}

/** Supervisors see every order, handlers those of their departments. */
export function maySeeOrder(person: Person, { department }: Pick<Order, 'department'>): boolean {
  return may(person, 'orders.issue') || (may(person, 'orders.read') && worksFor(person, department));
}

export function orderNotFound(number: string): Rejection {
  return new Rejection('not-found', 'order.not_found', `Expected order '${number}', but there is none to see`, {
    order: number,
  });
}
