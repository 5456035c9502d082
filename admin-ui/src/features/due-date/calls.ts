import type { CalendarList, DueDateAnswer, DueDateQuestion, DueDateReason, Phase } from '../../shared/contract.ts';
import { call } from '../../shared/http.ts';

/** Whose due date is meant. */
export type Owner =
  | { case: string; phase?: Phase }
  | { case: string; department: string }
  | { case: string; hold: number }
  | { case: string; supplement: number }
  | { task: string }
  | { order: string }
  | { reason: string };

/** Of the promise where nothing is said; without a promise of the statutory limit. */
export type Which = 'promise' | 'statutory';

/** Of a department nothing is on record: its date is counted whenever it is shown. */
export const explainDueDate = (of: Owner, limit?: Which): Promise<DueDateAnswer | DueDateReason> => {
  if ('department' in of) return call('explainBranchDueDate', { params: { id: of.case, department: of.department } });
  if ('hold' in of)
    return call('explainCaseDueDate', { params: { id: of.case }, query: { of: 'hold', hold: of.hold } });
  if ('supplement' in of)
    return call('explainCaseDueDate', {
      params: { id: of.case },
      query: { of: 'supplement', supplement: of.supplement },
    });
  if ('order' in of) return call('explainOrderDueDate', { params: { number: of.order } });
  if ('reason' in of) return call('explainReasonDueDate', { params: { id: of.reason } });
  if ('task' in of)
    return call('explainTaskDueDate', {
      params: { id: of.task },
      query: limit ? { of: limit } : {},
    });
  const query = { ...(limit && { of: limit }), ...(of.phase && { phase: of.phase }) };
  return call('explainCaseDueDate', { params: { id: of.case }, query });
};

export const countDueDate = (question: DueDateQuestion): Promise<DueDateAnswer> =>
  call('countDueDate', { body: question });

export const listCalendars = (): Promise<CalendarList> => call('listCalendars');
