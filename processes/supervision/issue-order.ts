import { answering, type CommandOptions } from '../../engine/index.ts';
import { Rejection } from '../../engine/kernel/rejection.ts';
import type { CaseRow } from '../../engine/store/ports.ts';
import { numberOfDay } from '../casework/case-number.ts';
import { actorOf } from '../casework/deps.ts';
import type { Person } from '../directory/index.ts';
import { alsoConcerned, supervisionOf, withSupervision } from './annex.ts';
import type { SupervisionDeps } from './deps.ts';
import { orderDocument, type Order, type OrderedCase } from './order.ts';
import { replyDue } from './reply-due.ts';
import type { Subject } from './subject.ts';
import { refuseUninvolved } from './takes-part.ts';
import { checkedText } from './text.ts';

export interface IssueOrder {
  /** Ids of the cases that it is about, at least one; the first keeps it. */
  readonly cases: readonly string[];
  readonly department: string;
  readonly what: string;
  /** Working days to reply in, from the next working day. */
  readonly days: number;
}

export const LONGEST_REPLY_DAYS = 60;
/** Cases that one order may be about. */
export const MOST_ORDERED = 50;

/**
 * 督办: a supervisor orders a department to act on one case or several, open or closed, and to reply once. The others tell
 * of it too (`notedOrders`). `department.not_found`, `order.not_involved`, `order.bad_days`, `order.bad_cases`,
 * `supervision.text_missing`, `supervision.text_too_long`
 */
export async function issueOrder(
  deps: SupervisionDeps,
  issue: IssueOrder,
  person: Person,
  options?: CommandOptions<Order>,
): Promise<Order> {
  const what = checkedText(issue.what);
  const { id: department } = deps.directory.getDepartment(issue.department);
  refuseDays(issue.days);
  const [caseId, ...otherIds] = checkedCases(issue.cases);
  const [, ...others] = await orderedCases(deps, [caseId, ...otherIds], department);
  const number = await nextOrderNumber(deps);
  let order: Order | undefined;
  await deps.engine.noteCase(
    {
      caseId,
      decide: (row) => {
        const about = { department, what, node: '', rule: 'manual', warning: 'none' as const, days: issue.days };
        order = newOrder(deps, row, number, { ...about, ...(others.length > 0 && { others }) }, person.id);
        return {
          events: [{ type: 'order.issued', data: orderData(deps, order) }],
          annex: withSupervision(row, {
            orders: [...(supervisionOf(row).orders ?? []), order],
            ...alsoConcerned(row, [department]),
          }),
          documents: [orderDocument(order)],
        };
      },
    },
    actorOf(person),
    answering(options, () => order!),
  );
  return order!;
}

/** `DB-210500-20260302-000001-X`: the form of a case number. Never given twice. */
export async function nextOrderNumber({ engine, region }: SupervisionDeps): Promise<string> {
  return `DB-${await numberOfDay(engine.store, 'order-number', region, engine.now())}`;
}

export function newOrder(
  { engine, calendar }: SupervisionDeps,
  row: Pick<CaseRow, 'id' | 'number' | 'title'>,
  number: string,
  about: Pick<Order, 'department' | 'what' | 'name' | 'rule' | 'warning' | 'others' | keyof Subject> & { days: number },
  by: string,
): Order {
  const now = engine.now();
  const due = replyDue({ from: now, days: about.days }, calendar);
  return {
    ...about,
    number,
    caseId: row.id,
    caseNumber: row.number,
    caseTitle: row.title,
    issuedAt: now,
    issuedBy: by,
    ...due,
    status: 'issued',
    statusAt: now,
    reply: null,
    verdict: null,
    revocation: null,
  };
}

/** What an event says of the order it is about. */
export function orderData({ directory }: Pick<SupervisionDeps, 'directory'>, order: Order) {
  const { number, department, what, dueAt, provisional, issuedBy, others } = order;
  return {
    number,
    department,
    departmentName: directory.nameOf(department),
    what,
    dueAt,
    ...(provisional && { provisional }),
    issuedBy,
    ...(others && { others: others.map(({ id }) => id), cases: others.length + 1 }),
  };
}

/** Each once, in the order given. */
function checkedCases(given: readonly string[]): [string, ...string[]] {
  const [first, ...others] = new Set(given);
  if (first !== undefined && others.length < MOST_ORDERED) return [first, ...others];
  const expected = `Expected 1 to ${MOST_ORDERED} cases, but got ${others.length + Number(first !== undefined)}`;
  throw new Rejection('invalid', 'order.bad_cases', expected, { most: MOST_ORDERED });
}

/** What the order says of each case. `case.not_found`, and as `refuseUninvolved` */
function orderedCases(deps: SupervisionDeps, ids: readonly string[], department: string): Promise<OrderedCase[]> {
  return Promise.all(
    ids.map(async (id) => {
      const row = await deps.engine.getCase(id);
      await refuseUninvolved(deps, row, department);
      return { id, number: row.number, title: row.title };
    }),
  );
}

/** `order.bad_days` (details.most) */
export function refuseDays(days: number): void {
  if (Number.isInteger(days) && days >= 1 && days <= LONGEST_REPLY_DAYS) return;
  throw new Rejection(
    'invalid',
    'order.bad_days',
    `Expected 1 to ${LONGEST_REPLY_DAYS} working days, but got ${days}`,
    {
      most: LONGEST_REPLY_DAYS,
    },
  );
}
