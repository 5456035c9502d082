import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { routes } from '../../api/routes/index.ts';

const docs = readFileSync(join(import.meta.dirname, '../../docs/cluster.md'), 'utf8');
const section = docs.split('## A request that is sent again')[1]!.split('\n## ')[0]!;
/** Operations of each point, and what the docs say of them. */
const points = section
  .split('\n- ')
  .slice(1)
  .map((point) => {
    const [names, why] = point.replace(/\s+/g, ' ').split(': ', 2);
    return { names: [...names!.matchAll(/`(\w+)`/g)].map(([, name]) => name!), why: why! };
  });
const changing = routes.filter(({ method }) => method !== 'get');

describe('docs/cluster.md says of a request that is sent again', () => {
  it('what makes it harmless, for each that is no GET, once', () => {
    expect(points.flatMap(({ names }) => names).sort()).toEqual(changing.map(({ operationId }) => operationId).sort());
  });

  it('that its answer is written with its effect where its handler hands that over, and nowhere else', () => {
    const said = points.filter(({ why }) => /^the (answer is written with the effect|same;)/.test(why));
    const keeping = changing.filter(({ handler }) => String(handler).includes('receipts.keep('));
    expect(said.flatMap(({ names }) => names).sort()).toEqual(keeping.map(({ operationId }) => operationId).sort());
  });
});
