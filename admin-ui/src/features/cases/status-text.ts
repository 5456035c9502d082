import type { CaseBrief } from '../../shared/contract.ts';
import { i18n } from '../../shared/i18n/index.ts';

/** The status of a case in words. 退件 has a word of its own: nobody cancelled the case. */
export function statusText({ status, returned }: Pick<CaseBrief, 'status' | 'returned'>): string {
  const { t } = i18n.global;
  return t(returned ? 'case.returned' : `caseStatus.${status}`);
}
