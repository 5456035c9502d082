import type { z } from 'zod';
import type { CaseRow } from '../../../engine/index.ts';
import type { Branch } from '../../../processes/casework/index.ts';
import { stepsInWords } from '../../../processes/due-dates/index.ts';
import type { House } from '../../house.ts';
import { calendarOf } from './calendar-of.ts';
import { presentDueDate } from './present.ts';
import type { DueDateAnswer } from './schema.ts';
import { noDueDate } from './why.ts';

type Answer = z.input<typeof DueDateAnswer>;

/** Why the own clock of a department is due when it is, counted now, and what its limit is the sum of. `due_date.none` */
export function whyBranchDue(house: House, { id }: Pick<CaseRow, 'id'>, branch: Branch | undefined): Answer {
  if (!branch?.terms) throw noDueDate(id);
  const { terms, steps, at } = branch;
  const answer = presentDueDate(terms, { calendar: calendarOf(house, terms.calendar.version), at });
  const sum: Answer['ledger'][number] = {
    kind: 'steps',
    text: stepsInWords(steps, terms.limit.unit),
    at: null,
    until: null,
    amount: null,
    unit: null,
    article: null,
    calendarVersion: terms.calendar.version,
  };
  return { ...answer, ledger: answer.ledger.flatMap((line) => (line.kind === 'limit' ? [line, sum] : line)) };
}
