import { i18n } from './i18n/index.ts';
import { Problem, Unreachable } from './http.ts';

/** One sentence a person can act on, for anything that was thrown. */
export function explainFailure(error: unknown): string {
  const { t } = i18n.global;
  if (error instanceof Unreachable) return t('failure.unreachable');
  if (!(error instanceof Problem)) return t('failure.unknown');
  if (error.status >= 500) return t('failure.server', { id: error.body.instance ?? '-' });
  const { title, detail } = error.body;
  const sentence = title ?? t('failure.status', { status: error.status });
  return detail && detail !== sentence ? `${sentence}${t('failure.colon')}${detail}` : sentence;
}
