import type { CaseHold, CaseRow } from '../../engine/store/ports.ts';
import { openSupplement } from '../../engine/time/index.ts';
import { reasonInWords, type Bilingual } from '../due-dates/index.ts';

/** What a hold is for: as the administrator named it, or as the law does. */
export function nameOfHold({ reason, local }: Pick<CaseHold, 'reason' | 'local'>): Bilingual {
  return local ? { zh: local.zh, en: local.en } : reasonInWords(reason);
}

/** What the clock of a case stands still for now, each reason once; null where it does not. */
export function heldFor({ status, held, clock }: Pick<CaseRow, 'status' | 'held' | 'clock'>): Bilingual | null {
  if (status !== 'active' || !held || !clock) return null;
  const names = clock.holds.filter(({ to }) => to === null).map(nameOfHold);
  if (clock.phases && openSupplement(clock.phases)) names.push(reasonInWords('supplement'));
  const each = (language: keyof Bilingual) => [...new Set(names.map((name) => name[language]))];
  return { zh: each('zh').join('、'), en: each('en').join(', ') };
}
