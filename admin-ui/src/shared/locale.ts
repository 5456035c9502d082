import { ref } from 'vue';
import type { Bilingual } from './contract.ts';

export type Locale = 'zh' | 'en';

const storageKey = 'onevisit.locale';
const locale = ref<Locale>(readStored());

/** The language of the screens; reactive when read inside a render or a computed. */
export function currentLocale(): Locale {
  return locale.value;
}

/** Keeps the choice on this device and tells assistive technology. */
export function chooseLocale(choice: Locale): void {
  locale.value = choice;
  document.documentElement.lang = choice === 'zh' ? 'zh-CN' : 'en';
  try {
    localStorage.setItem(storageKey, choice);
  } catch {
    // A browser that forbids storage still gets the language for this visit.
  }
}

/** The sentence in the language of the screens. */
export function inLocale(text: Bilingual | string | null | undefined): string {
  if (!text) return '';
  if (typeof text === 'string') return text;
  return (currentLocale() === 'zh' ? text.zh : text.en) || text.zh || text.en;
}

function readStored(): Locale {
  try {
    return localStorage.getItem(storageKey) === 'en' ? 'en' : 'zh';
  } catch {
    return 'zh';
  }
}
