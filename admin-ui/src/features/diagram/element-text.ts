import { useI18n } from 'vue-i18n';

/** An element by its name; one without a name by its kind and id. */
export function useElementText(): (element: { element: string; name: string; kind: string }) => string {
  const { t, te } = useI18n();
  return ({ element, name, kind }) => {
    if (name !== element) return name;
    const key = `elementKind.${kind}`;
    return te(key) ? t('noted', { label: t(key), note: element }) : element;
  };
}
