import { i18n } from './i18n/index.ts';
import { Problem, Unreachable } from './http.ts';
import { currentLocale } from './locale.ts';

/** One sentence a person can act on, for anything that was thrown. */
export function explainFailure(error: unknown): string {
  const { t } = i18n.global;
  if (error instanceof Unreachable) return t('failure.unreachable');
  if (!(error instanceof Problem)) return t('failure.unknown');
  if (error.status >= 500) return t('failure.server', { id: error.body.instance ?? '-' });
  const { title, detail } = error.body;
  const sentence = title ?? t('failure.status', { status: error.status });
  return detail && detail !== sentence && isReadable(detail) ? `${sentence} ${detail}` : sentence;
}

/** Details are mostly written for log readers, in English: a Chinese screen leaves those out. */
function isReadable(detail: string): boolean {
  return currentLocale() === 'en' || /\p{Script=Han}/u.test(detail);
}
