import type {
  CaseSupervision,
  DepartmentOrder,
  Order,
  OrderIssue,
  OrderStatus,
  OverdueReason,
  Page,
} from '../../shared/contract.ts';
import { call, newActionKey } from '../../shared/http.ts';
import type { PageRequest } from '../../shared/loaded.ts';

const keyed = <P extends object>(params: P) => ({ params, idempotencyKey: newActionKey() });

export const getCaseSupervision = (id: string): Promise<CaseSupervision> =>
  call('getCaseSupervision', { params: { id } });

export const urgeCase = (id: string, note: string): Promise<unknown> =>
  call('urgeCase', { ...keyed({ id }), body: note ? { note } : {} });

export const issueOrder = (id: string, body: OrderIssue): Promise<Order> =>
  call('issueOrder', { ...keyed({ id }), body });

/** One order about several cases. */
export const issueDepartmentOrder = (body: DepartmentOrder): Promise<Order> =>
  call('issueDepartmentOrder', { idempotencyKey: newActionKey(), body });

export type OrderAct = 'reply' | 'accept' | 'return' | 'revoke';

/** `days`: of a return, until the next reply. */
export function actOnOrder(act: OrderAct, number: string, text: string, days?: number): Promise<Order> {
  switch (act) {
    case 'reply':
      return call('replyToOrder', { ...keyed({ number }), body: { text } });
    case 'accept':
      return call('judgeOrder', { ...keyed({ number }), body: { accepted: true, text } });
    case 'return':
      return call('judgeOrder', { ...keyed({ number }), body: { accepted: false, text, ...(days && { days }) } });
    case 'revoke':
      return call('revokeOrder', { ...keyed({ number }), body: { text } });
  }
}

export interface OrderFilter {
  department?: string | undefined;
  status?: OrderStatus | 'open' | undefined;
}

/** Newest first. */
export const listOrders = async (filter: OrderFilter, page: PageRequest): Promise<Page<Order>> =>
  (await call('listOrders', { query: { ...filter, ...page } as never })) as Page<Order>;

export interface ReasonFilter {
  department?: string | undefined;
  status?: OverdueReason['status'] | undefined;
}

/** Newest first. */
export const listOverdueReasons = async (filter: ReasonFilter, page: PageRequest): Promise<Page<OverdueReason>> =>
  (await call('listOverdueReasons', { query: { ...filter, ...page } as never })) as Page<OverdueReason>;

export const giveOverdueReason = (id: string, text: string): Promise<OverdueReason> =>
  call('giveOverdueReason', { ...keyed({ id }), body: { text } });
