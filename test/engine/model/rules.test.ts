import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { compileExpression } from '../../../engine/expressions/index.ts';
import { lintModel, rules } from '../../../engine/model/lint/index.ts';
import { parseBpmn } from '../../../engine/model/parse.ts';

const FIXTURES = new URL('../../fixtures/model/', import.meta.url);

/** `<!-- error: a b; warning: c -->` at the top of an invalid file; '.' is a finding without an element. */
function expectedFindings(xml: string): string[] {
  const comment = /<!--([\s\S]*?)-->/.exec(xml)?.[1] ?? '';
  return [...comment.matchAll(/(error|warning):([^;]*)/g)].flatMap(([, severity, elements]) =>
    elements!
      .trim()
      .split(/\s+/)
      .map((element) => `${severity} ${element === '.' ? '' : element}`),
  );
}

describe.each(rules.map(({ id }) => id))('rule %s', (id) => {
  const files = readdirSync(new URL(`${id}/`, FIXTURES)).filter((file) => file.endsWith('.bpmn'));
  const named = (prefix: string) => files.filter((file) => file.startsWith(prefix));

  it('has a valid and an invalid example, and nothing else', () => {
    expect(named('valid').length).toBeGreaterThan(0);
    expect(named('invalid').length).toBeGreaterThan(0);
    expect(named('valid').length + named('invalid').length).toBe(files.length);
  });

  it.each(named('valid'))('accepts %s', async (file) => {
    const xml = readFileSync(new URL(`${id}/${file}`, FIXTURES), 'utf8');
    const findings = lintModel(await parseBpmn(xml), compileExpression);
    expect(findings.filter(({ rule, severity }) => rule === id || severity === 'error')).toEqual([]);
  });

  it.each(named('invalid'))('finds what is wrong in %s', async (file) => {
    const xml = readFileSync(new URL(`${id}/${file}`, FIXTURES), 'utf8');
    const expected = expectedFindings(xml);
    expect(expected).not.toEqual([]);
    const findings = lintModel(await parseBpmn(xml), compileExpression).filter(({ rule }) => rule === id);
    expect(findings.map(({ severity, element }) => `${severity} ${element}`).sort()).toEqual(expected.sort());
    for (const { element, zh, en, related = [] } of findings) {
      expect(related).not.toContain(element);
      expect(zh).toMatch(/\p{Script=Han}/u);
      expect(en).toMatch(/^[^\n]{10,400}$/);
    }
  });
});
