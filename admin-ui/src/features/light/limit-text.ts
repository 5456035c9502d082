import type { Limit } from '../../shared/contract.ts';
import { i18n } from '../../shared/i18n/index.ts';

/** A promise limit in words. */
export function limitText(limit: Limit | null): string {
  const { t } = i18n.global;
  return limit ? t(`unit.${limit.unit}`, { value: limit.value }) : t('remaining.none');
}
