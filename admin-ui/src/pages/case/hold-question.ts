import type { CaseHold } from '../../shared/contract.ts';
import { refuseCount } from '../../shared/count.ts';
import { i18n } from '../../shared/i18n/index.ts';
import { instantOf } from '../../shared/instant.ts';

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
const MOST_DAYS = 365;

export const localReason = (key: string): string => `${LOCAL}${key}`;

export function emptyHold(): HoldQuestion {
  return { reason: 'hearing', expectedDays: undefined, noticeNumber: '', toldAt: '' };
}

/** What to say at which field; empty where all can be sent. */
export type HoldErrors = { [field in 'expectedDays' | 'noticeNumber']?: string };

export function holdErrorsOf({ expectedDays, noticeNumber }: HoldQuestion): HoldErrors {
  const { t } = i18n.global;
  const badDays = expectedDays ? refuseCount(expectedDays, MOST_DAYS) : t('clock.needsDays');
  return {
    ...(badDays && { expectedDays: badDays }),
    ...(!noticeNumber.trim() && { noticeNumber: t('clock.needsNotice') }),
  };
}

/** As the server asks for it. */
export function holdOf({ reason, expectedDays, noticeNumber, toldAt }: HoldQuestion): Omit<CaseHold, 'note'> {
  const told = toldAt ? { toldAt: instantOf(toldAt) } : {};
  const asked = reason.startsWith(LOCAL)
    ? { reason: 'local' as const, local: reason.slice(LOCAL.length) }
    : { reason: reason as CaseHold['reason'] };
  return { ...asked, expectedDays: expectedDays ?? 0, notice: { number: noticeNumber.trim(), ...told } };
}
