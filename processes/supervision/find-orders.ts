import type { Person } from '../directory/index.ts';
import { may } from '../directory/index.ts';
import type { SupervisionDeps } from './deps.ts';
import { ORDERS, orderTag, type Order, type OrderStatus } from './order.ts';

type Reading = Pick<SupervisionDeps, 'engine'>;

export async function findOrder({ engine }: Reading, number: string): Promise<Order | undefined> {
  return (await engine.store.getDocument(ORDERS, number)) as Order | undefined;
}

export interface OrderQuery {
  readonly department?: string | undefined;
  /** `open`: all that are not closed. */
  readonly status?: OrderStatus | 'open' | undefined;
  /** The page after this number. */
  readonly before?: string | undefined;
  readonly limit: number;
}

/** Orders that a person may see, newest first: supervisors all, handlers those of their departments. */
export async function listOrders(deps: Reading, query: OrderQuery, person: Person): Promise<Order[]> {
  const { department, status, before, limit } = query;
  const mine = may(person, 'orders.issue')
    ? [department]
    : person.departments.filter((each) => department === undefined || each === department);
  const pages = await Promise.all(
    mine.map((each) =>
      find(
        deps,
        orderTag({ ...(each !== undefined && { department: each }), ...(status && { status }) }),
        before,
        limit,
      ),
    ),
  );
  return pages
    .flat()
    .sort((a, b) => (a.number < b.number ? 1 : -1))
    .slice(0, limit);
}

/** As many as one page of a case shows. */
const SHOWN = 50;

export function ordersOfCase(deps: Reading, caseId: string): Promise<Order[]> {
  return find(deps, `case ${caseId}`, undefined, SHOWN);
}

/** Of all departments and cases, newest first: those after this number. */
export function openOrders(deps: Reading, after: string | null, limit: number): Promise<Order[]> {
  return find(deps, orderTag({ status: 'open' }), after ?? undefined, limit);
}

async function find(
  { engine }: Reading,
  tag: string | undefined,
  before: string | undefined,
  limit: number,
): Promise<Order[]> {
  const found = await engine.store.findDocuments({
    collection: ORDERS,
    ...(tag !== undefined && { tag }),
    ...(before !== undefined && { before }),
    limit,
  });
  return found.map(({ document }) => document as unknown as Order);
}
