export { supervisionOf, type EscalationLight, type Supervision } from './annex.ts';
export { judgeOrder, replyToOrder, revokeOrder } from './change-order.ts';
export type { SupervisionDeps } from './deps.ts';
export { escalate, type Reached } from './escalate.ts';
export { findOrder, listOrders, ordersOfCase, type OrderQuery } from './find-orders.ts';
export { issueOrder, LONGEST_REPLY_DAYS, MOST_ORDERED, type IssueOrder } from './issue-order.ts';
export { lostGrounds, withdrawGrounds, type LostGrounds } from './lost-grounds.ts';
export { notedOrders, noteOrder, type NotedOrder } from './noted-orders.ts';
export {
  casesOf,
  isAwaited,
  isClosed,
  maySeeOrder,
  ORDER_STATUSES,
  orderNotFound,
  refuseOrderAct,
  type Order,
  type OrderStatus,
  type Said,
} from './order.ts';
export { wordsOfRule } from './order-words.ts';
export {
  caseOfReason,
  giveReason,
  isAsked,
  listReasons,
  mayGiveReason,
  REASON_STATUSES,
  reasonNotFound,
  reasonOf,
  reasonStatus,
  type OverdueReason,
  type ReasonQuery,
} from './overdue-reason.ts';
export { movedOrders, orderDates, type MovedOrder } from './recount-orders.ts';
export { reachedBy } from './reached.ts';
export { replyFrom, replyTerms } from './reply-due.ts';
export { openTasks, responsibleDepartments } from './responsible.ts';
export { DEFAULT_RULES, ESCALATION_STEPS, rulesOf, type EscalationRules } from './rules.ts';
export { LONGEST_TEXT } from './text.ts';
export { refuseUrge, urgeCase, urgedUntil, type Urge } from './urge.ts';
