import type { Limit } from '../../shared/contract.ts';
import { i18n } from '../../shared/i18n/index.ts';

/** A limit in words, and apart from it what it was extended by: both are counted in its unit. */
export function limitText(limit: Limit | null, extensions: readonly { value: number }[] = []): string {
  const { t } = i18n.global;
  if (!limit) return t('remaining.none');
  return t(`unit.${limit.unit}`, { value: [limit.value, ...extensions.map(({ value }) => value)].join(' + ') });
}
