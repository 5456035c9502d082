import type { CalendarDay } from '../../shared/contract.ts';

/** A sign for each kind of day besides its colour, for those who see no colours. */
export const DAY_MARKS: Readonly<Record<CalendarDay['kind'], string>> = {
  working: '',
  weekend: '',
  holiday: '休',
  makeUp: '班',
  halfDay: '半',
};

export const DAY_KINDS = Object.keys(DAY_MARKS) as CalendarDay['kind'][];
