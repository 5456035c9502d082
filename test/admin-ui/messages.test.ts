import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { en } from '../../admin-ui/src/shared/i18n/en/index.ts';

type Messages = { readonly [key: string]: string | Messages };

/** Every message with its key: `case.title`. */
function messagesOf(messages: Messages, path = ''): [key: string, message: string][] {
  return Object.entries(messages).flatMap(([key, message]) =>
    typeof message === 'string' ? [[path + key, message]] : messagesOf(message, `${path}${key}.`),
  );
}

/** What the screens quote: keys, groups of keys, and keys with a part that is known only when shown (`light.${light}`). */
function quotedInScreens(): string[] {
  const folder = 'admin-ui/src';
  const files = (readdirSync(folder, { recursive: true }) as string[]).filter(
    (file) => /\.(ts|vue)$/.test(file) && !file.includes('i18n'),
  );
  const text = files.map((file) => readFileSync(join(folder, file), 'utf8')).join('\n');
  // apart, because one stands within the other, too
  const quoted = [/'([a-z][\w.]*)'/gi, /`((?:[\w.[\]']|\$\{[^}]*\})+)`/g].flatMap((form) => [...text.matchAll(form)]);
  return [...new Set(quoted.map(([, words]) => words!))];
}

/** Matches the keys that a quoted text may mean. */
function keysOf(quoted: string): RegExp {
  const parts = quoted.replace(/\[('?)(\$\{[^}]*\})\1\]/g, '.$2').split(/\$\{[^}]*\}/);
  return new RegExp(`^${parts.map((part) => part.replaceAll('.', '\\.')).join('.+')}$`);
}

describe('a message', () => {
  it('is there because a screen shows it', () => {
    const quoted = quotedInScreens();
    const plain = new Set(quoted);
    const patterns = quoted.filter((text) => /^[\w.]+[.[].*\$\{/.test(text)).map(keysOf);
    // a group within a group: a single word may be quoted as something else
    const groupOf = (key: string) => /^(.+\..+)\.[^.]+$/.exec(key)?.[1] ?? key;
    const unused = messagesOf(en).filter(
      ([key]) => !plain.has(key) && !plain.has(groupOf(key)) && !patterns.some((pattern) => pattern.test(key)),
    );
    expect(unused.map(([key]) => key)).toEqual([]);
  });
});

describe('the messages in English', () => {
  it('have a singular for every noun that is counted', () => {
    const plural = /\{\w+\} (?:[a-z]+ )?(?!is\b|was\b)[a-z]+s\b/;
    const counting = messagesOf(en).filter(([, message]) => plural.test(message));
    expect(counting.map(([key]) => key)).toContain('unit.workingDays');
    expect(counting.filter(([, message]) => plural.test(message.split(' | ')[0]!))).toEqual([]);
  });
});
