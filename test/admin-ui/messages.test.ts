import { describe, expect, it } from '@jest/globals';
import { en } from '../../admin-ui/src/shared/i18n/en/index.ts';

type Messages = { readonly [key: string]: string | Messages };

/** Every message with its key: `case.title`. */
function messagesOf(messages: Messages, path = ''): [key: string, message: string][] {
  return Object.entries(messages).flatMap(([key, message]) =>
    typeof message === 'string' ? [[path + key, message]] : messagesOf(message, `${path}${key}.`),
  );
}

describe('the messages in English', () => {
  it('have a singular for every noun that is counted', () => {
    const plural = /\{\w+\} (?:[a-z]+ )?(?!is\b|was\b)[a-z]+s\b/;
    const counting = messagesOf(en).filter(([, message]) => plural.test(message));
    expect(counting.map(([key]) => key)).toContain('unit.workingDays');
    expect(counting.filter(([, message]) => plural.test(message.split(' | ')[0]!))).toEqual([]);
  });
});
