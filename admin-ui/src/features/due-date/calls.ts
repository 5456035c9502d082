import type { CalendarList, DueDateAnswer, DueDateQuestion, DueDateReason, Phase } from '../../shared/contract.ts';
import { call } from '../../shared/http.ts';

/** Whose due date is meant. */
export type Owner = { case: string; phase?: Phase } | { case: string; department: string } | { task: string };

/** Of the promise where nothing is said; without a promise of the statutory limit. */
export type Which = 'promise' | 'statutory';

/** Of a department nothing is on record: its date is counted whenever it is shown. */
export const explainDueDate = (of: Owner, limit?: Which): Promise<DueDateAnswer | DueDateReason> => {
  const query = limit ? { of: limit } : {};
  if ('department' in of) return call('explainBranchDueDate', { params: { id: of.case, department: of.department } });
  return 'case' in of
    ? call('explainCaseDueDate', { params: { id: of.case }, query: { ...query, ...(of.phase && { phase: of.phase }) } })
    : call('explainTaskDueDate', { params: { id: of.task }, query });
};

export const countDueDate = (question: DueDateQuestion): Promise<DueDateAnswer> =>
  call('countDueDate', { body: question });

export const listCalendars = (): Promise<CalendarList> => call('listCalendars');
