import type { Limit } from '../../shared/contract.ts';
import { i18n } from '../../shared/i18n/index.ts';

/** A limit in words, and apart from it what it was extended by: both are counted in its unit. */
export function limitText(limit: Limit | null, extensions: readonly { value: number }[] = []): string {
  const { t } = i18n.global;
  if (!limit) return t('remaining.none');
  const amounts = [limit.value, ...extensions.map(({ value }) => value)];
  const sum = amounts.reduce((a, b) => a + b);
  if (sum === 0) return t('unit.sameDay');
  return t(`unit.${limit.unit}`, { value: amounts.join(' + ') }, sum);
}
