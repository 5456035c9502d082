import type { OverdueReason } from '../../shared/contract.ts';
import { i18n } from '../../shared/i18n/index.ts';
import { withNote } from '../../shared/pair.ts';

/** Which limit has passed of which a public reason is asked, in words. */
export function limitOfReason({ of, limit }: Pick<OverdueReason, 'of' | 'limit'>): string {
  const { t } = i18n.global;
  const statutory = t('case.statutoryLimit');
  if (limit === 'promise') return t(`clock.limitOf.${of ?? 'handling'}`);
  return of === null ? statutory : withNote(t(`clock.limitOf.${of}`), statutory);
}
