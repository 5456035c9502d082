import type { CaseHold } from '../../shared/contract.ts';

/** What the dialog of a hold asks for. */
export interface HoldQuestion {
  /** One of the law's, or `local:` with the key of one that the administrator has entered. */
  reason: string;
  expectedDays: number | undefined;
  noticeNumber: string;
  /** Beijing time; '' means now. */
  toldAt: string;
}

const LOCAL = 'local:';

export const localReason = (key: string): string => `${LOCAL}${key}`;

export function emptyHold(): HoldQuestion {
  return { reason: 'hearing', expectedDays: undefined, noticeNumber: '', toldAt: '' };
}

/** Message key of what is missing; '' where nothing is. */
export function missingOf({ expectedDays, noticeNumber }: HoldQuestion): string {
  if (expectedDays === undefined || expectedDays === null) return 'clock.needsDays';
  return noticeNumber.trim() ? '' : 'clock.needsNotice';
}

/** As the server asks for it. */
export function holdOf({ reason, expectedDays, noticeNumber, toldAt }: HoldQuestion): Omit<CaseHold, 'note'> {
  const told = toldAt ? { toldAt: `${toldAt.replace(' ', 'T')}:00+08:00` } : {};
  const asked = reason.startsWith(LOCAL)
    ? { reason: 'local' as const, local: reason.slice(LOCAL.length) }
    : { reason: reason as CaseHold['reason'] };
  return { ...asked, expectedDays: expectedDays ?? 0, notice: { number: noticeNumber.trim(), ...told } };
}
