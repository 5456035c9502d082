import type { common as zh } from '../zh/common.ts';
import type { SameKeys } from '../same-keys.ts';

export const common: SameKeys<typeof zh> = {
  pair: '{label}: {value}',
  comma: ', ',
  noted: '{label} ({note})',
  action: {
    retry: 'Try again',
    more: 'Load more',
    refresh: 'Refresh',
    back: 'Back',
    view: 'View',
  },
  state: {
    empty: 'Nothing here',
    shown: '{count} shown',
    allShown: 'All shown',
    live: 'Live',
    polling: 'Polling',
  },
  failure: {
    unreachable: 'The server cannot be reached. Check the network and try again.',
    banner: 'Network down: what you see may be old. It refreshes when the connection is back.',
    unknown: 'Something unexpected happened. Reload and try again.',
    server: 'The server failed. Try again later (request {id}).',
    status: 'The request was not accepted ({status})',
    page: 'The page could not be loaded. Check the network and click again.',
  },
  column: {
    light: 'Light',
    number: 'Case',
    title: 'Matter',
    step: 'Step',
    department: 'Department',
    remaining: 'Time left',
    assignee: 'Handler',
    due: 'Due',
    statutory: 'Statutory due',
    actions: 'Actions',
    status: 'Status',
    applicant: 'Applicant',
    startedAt: 'Received',
    endedAt: 'Ended',
    createdAt: 'Received',
  },
  unit: {
    workingDays: '{value} working day | {value} working days',
    calendarDays: '{value} calendar day | {value} calendar days',
    workingHours: '{value} working hour | {value} working hours',
    sameDay: 'the same day',
  },
};
