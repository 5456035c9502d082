import type { CalendarList, DueDateAnswer, DueDateQuestion, DueDateReason, Phase } from '../../shared/contract.ts';
import { call } from '../../shared/http.ts';

/** Whose due date is meant. */
export type Owner = { case: string; phase?: Phase } | { task: string };

export const explainDueDate = (of: Owner): Promise<DueDateReason> =>
  'case' in of
    ? call('explainCaseDueDate', { params: { id: of.case }, query: of.phase ? { phase: of.phase } : {} })
    : call('explainTaskDueDate', { params: { id: of.task } });

export const countDueDate = (question: DueDateQuestion): Promise<DueDateAnswer> =>
  call('countDueDate', { body: question });

export const listCalendars = (): Promise<CalendarList> => call('listCalendars');
