import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { camunda } from '../../../engine/model/moddle/camunda.ts';
import { CAMUNDA } from '../../../engine/model/moddle/camunda-treatments.ts';
import type { Package } from '../../../engine/model/moddle/package.ts';
import type { Treatments } from '../../../engine/model/moddle/treatment.ts';
import { zeebe } from '../../../engine/model/moddle/zeebe.ts';
import { ZEEBE } from '../../../engine/model/moddle/zeebe-treatments.ts';

const PAGE = readFileSync(new URL('../../../docs/compatibility.md', import.meta.url), 'utf8');

/** Rows of the page: the names in the first column, the treatment, the rest. */
const ROWS = PAGE.split('\n').flatMap((line) => {
  const cells = line.split(/(?<!\\)\|/).map((cell) => cell.trim());
  if (cells.length < 5) return [];
  const names = [...cells[1]!.matchAll(/`([^`]+)`/g)].map(([, name]) => name!);
  return [{ names, treatment: cells[2]!, text: cells[3]! }];
});
const rowOf = (name: string) => ROWS.find(({ names }) => names.includes(name));
const lower = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);

/** Parts that the parser needs and no file says by that name. */
const UNNAMED = new Set(['ParameterDefinition']);
const UNSAID = new Set(['values', 'items', 'entries', 'definition', 'inputParameters', 'outputParameters', 'body']);

describe.each<[string, Package, Treatments]>([
  ['camunda', camunda, CAMUNDA],
  ['zeebe', zeebe, ZEEBE],
])('docs/compatibility.md on %s', (prefix, descriptor, treatments) => {
  it('says of each name what the upload does with it', () => {
    const said = Object.fromEntries(
      [...treatments.keys()].map((name) => [name, rowOf(`${prefix}:${name}`)?.treatment]),
    );
    expect(said).toEqual(Object.fromEntries([...treatments].map(([name, { treatment }]) => [name, treatment])));
  });

  it('names nothing else', () => {
    const named = ROWS.flatMap(({ names }) => names).filter((name) => name.startsWith(`${prefix}:`));
    expect(named.filter((name) => !treatments.has(name.slice(prefix.length + 1)))).toEqual([]);
    expect(named.length).toBe(new Set(named).size);
  });

  it('has every element of the descriptor, with its attributes', () => {
    for (const { name, properties } of descriptor.types) {
      if (UNNAMED.has(name)) continue;
      const row = rowOf(`${prefix}:${lower(name)}`);
      expect([name, row?.treatment]).toEqual([name, expect.stringMatching(/supported|translated/) as unknown]);
      for (const property of properties) {
        if (!UNSAID.has(property.name)) expect(`${name}: ${row!.text}`).toContain(`\`${property.name}\``);
      }
    }
  });

  it('gives a way out for whatever is warned about or refused', () => {
    for (const [name, { treatment, zh, en }] of treatments) {
      if (treatment !== 'warned' && treatment !== 'refused') continue;
      expect([name, zh]).toEqual([name, expect.stringMatching(/\p{Script=Han}/u) as unknown]);
      expect([name, en]).toEqual([name, expect.stringMatching(/^[a-z].{10,}/) as unknown]);
      expect([name, rowOf(`${prefix}:${name}`)!.text.length > 10]).toEqual([name, true]);
    }
  });
});

describe('docs/compatibility.md on JUEL', () => {
  it('says what translateJuel does', async () => {
    const { translateJuel } = await import('../../../engine/model/juel.ts');
    for (const [juel, feel] of [
      ['${empty a}', 'list contains([null, "", []], a)'],
      ['${a ? b : c}', 'if a then b else c'],
      ['${order["id"]}', 'get value(order, "id")'],
      ['${dateTime().plusDays(3).toDate()}', 'now() + duration("P3D")'],
      ['Dear ${name}', 'string join(["Dear ", string(name)])'],
    ] as const) {
      expect(PAGE).toContain(`\`${feel}\``);
      expect(translateJuel(juel)).toEqual({ ok: true, feel });
    }
  });
});
