import { translateJuel } from './juel.ts';

/** Text of a model that stands for a value: a FEEL expression, a fixed text, or something we do not run. */
export type Source =
  | { readonly feel: string }
  | { readonly literal: string }
  | { readonly refused: string; readonly zh: string; readonly en: string };

/** Where FEEL is meant, with or without the leading `=`: conditions, scripts, collections, correlation keys. */
export function feelSource(text: string): Source {
  const trimmed = text.trim();
  if (trimmed.startsWith('=')) return { feel: trimmed.slice(1).trim() };
  return juelSource(trimmed) ?? { feel: trimmed };
}

/** Where a fixed text is meant unless `=` (or `${…}`) says otherwise: timers, URLs, assignees. */
export function textSource(text: string): Source {
  const trimmed = text.trim();
  if (trimmed.startsWith('=')) return { feel: trimmed.slice(1).trim() };
  return juelSource(trimmed) ?? { literal: trimmed };
}

function juelSource(text: string): Source | undefined {
  if (!/[$#]\{/.test(text)) return undefined;
  const translated = translateJuel(text);
  if (translated.ok) return { feel: translated.feel };
  return { refused: text, zh: translated.zh, en: translated.en };
}
