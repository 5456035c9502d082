import type { z } from 'zod';
import type { CaseRow } from '../../../engine/index.ts';
import type { Branch } from '../../../processes/casework/index.ts';
import { stepsInWords } from '../../../processes/due-dates/index.ts';
import type { House } from '../../house.ts';
import { calendarOf } from './calendar-of.ts';
import { presentDueDate } from './present.ts';
import type { DueDateAnswer } from './schema.ts';
import { noDueDate, whyTaskDue } from './why.ts';

type Answer = z.input<typeof DueDateAnswer>;

/**
 * Why a department is due when it is, counted now: by its own clock, with what its limit is the sum of, or by the step whose
 * date it has. `due_date.none`
 */
export async function whyBranchDue(
  house: House,
  { id, endedAt }: Pick<CaseRow, 'id' | 'endedAt'>,
  branch: Branch | undefined,
): Promise<Answer> {
  if (!branch?.terms) throw noDueDate(id);
  const { terms, steps, at, decisive } = branch;
  if (decisive) {
    const why = await whyTaskDue(house, decisive, 'promise');
    const { recordedAt: _recorded, agrees: _agrees, countedFrom: _from, ...answer } = why;
    return answer;
  }
  const ended = endedAt !== null;
  const answer = presentDueDate(terms, {
    calendar: calendarOf(house, terms.calendar.version),
    at,
    ended,
    stands: ended,
  });
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
