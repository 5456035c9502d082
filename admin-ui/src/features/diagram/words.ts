import { useI18n } from 'vue-i18n';
import { inLocale } from '../../shared/locale.ts';
import { useElementText } from './element-text.ts';
import type { Words } from './marks.ts';

/** The words of diagram badges, in the language of the screens. */
export function useDiagramWords(): Words {
  const { t, te } = useI18n();
  return {
    light: (light) => t(`light.${light}`),
    wait: (wait) => (te(`case.wait.${wait}`) ? t(`case.wait.${wait}`) : wait),
    element: useElementText(),
    severity: (severity) => t(`upload.${severity}`),
    sentence: (finding) => inLocale(finding),
  };
}
