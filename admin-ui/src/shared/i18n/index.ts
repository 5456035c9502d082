import { watch } from 'vue';
import { createI18n } from 'vue-i18n';
import { chooseLocale, currentLocale } from '../locale.ts';
import { en } from './en/index.ts';
import { zh } from './zh/index.ts';

export const i18n = createI18n({
  legacy: false,
  locale: currentLocale(),
  fallbackLocale: 'zh',
  messages: { zh, en },
  // 0.5 working hours
  pluralRules: { en: (count) => (count === 1 ? 0 : 1) },
});

chooseLocale(currentLocale());
watch(currentLocale, (locale) => {
  i18n.global.locale.value = locale;
});
