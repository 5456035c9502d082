import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { verifyChain, type Actor, type CaseRow, type MigrationMapping } from '../../../engine/index.ts';
import { isRejection } from '../../../engine/kernel/rejection.ts';
import { openCase } from '../../support/driven-case.ts';
import type { Block } from '../../support/random-block.ts';
import { everyKindOfBlock } from '../../support/random-every-kind.ts';
import { blockToBpmn } from '../../support/random-model.ts';

const MODELS = Number(process.env.RANDOM_MODELS ?? 200);
const SEED = Number(process.env.RANDOM_SEED ?? 20260302);
const DING: Actor = { id: 'ding', name: '丁设计', groups: [] };

/** The same model with other ids throughout. */
function renamed(xml: string): string {
  const process = xml.indexOf('<process');
  const inside = xml
    .slice(process)
    .replace(
      / (id|sourceRef|targetRef|attachedToRef|default|activityRef)="([^"]+)"/g,
      (all, name: string, id: string) => (id === 'P' ? all : ` ${name}="x-${id}"`),
    )
    .replace(/<(sourceRef|targetRef)>/g, '<$1>x-')
    .replace(/activeElementsCollection="=\[&quot;/g, '$&x-');
  return xml.slice(0, process) + inside;
}

const aside = (block: Block): Block => ({
  kind: 'parallel',
  parts: [{ kind: 'sequence', parts: [{ kind: 'user' }, { kind: 'user' }] }, block],
  chosen: [],
});
const scenario = [fc.array(fc.nat(100), { minLength: 3, maxLength: 20 }), fc.nat(6)] as const;

describe(`cases of ${MODELS} random models, migrated at a random moment (RANDOM_SEED=${SEED})`, () => {
  it('to the same model under other ids: nothing is lost, and they come to the same end', async () => {
    let migrated = 0;
    await fc.assert(
      fc.asyncProperty(everyKindOfBlock, ...scenario, async (block, choices, moment) => {
        const xml = blockToBpmn(aside(block));
        const desk = await openCase(xml);
        for (let i = 0; i < moment && (await desk.goOn(choices[i % choices.length]!)); i++);
        await desk.deploy(renamed(xml));
        const before = await desk.check();
        if (before.status === 'active') {
          const { nodes, flows } = await desk.engine.getGraph('P:1');
          const mapping: MigrationMapping = Object.fromEntries(
            [...Object.keys(nodes), ...Object.keys(flows)].map((id) => [id, id.replace(/^(link:)?/, '$1x-')]),
          );
          await desk.engine.migrateCase({ caseId: desk.id, version: 2, mapping, reason: '改名' }, DING);
          const after = await desk.check();
          const places = ({ state }: CaseRow) =>
            Object.values(state.tokens).map(({ id, node, wait, since, scope }) => ({ id, node, wait, since, scope }));
          expect(places(after)).toEqual(places(before).map((place) => ({ ...place, node: `x-${place.node}` })));
          migrated++;
        }
        for (let i = 0; i < 400 && (await desk.goOn(0, true)); i++);
        expect((await desk.check()).status).toBe('completed');
        expect(verifyChain(await desk.store.listEvents(desk.id, 0, 10_000))).toEqual({ ok: true });
      }),
      { numRuns: MODELS, seed: SEED },
    );
    expect(migrated).toBeGreaterThan(MODELS / 2);
  }, 600_000);

  it('to any other model: refused with reasons and untouched, or every row right and somewhere to go', async () => {
    const seen = { migrated: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(
        everyKindOfBlock,
        everyKindOfBlock,
        fc.boolean(),
        ...scenario,
        async (block, other, extended, choices, moment) => {
          const desk = await openCase(blockToBpmn(aside(block)));
          for (let i = 0; i < moment && (await desk.goOn(choices[i % choices.length]!)); i++);
          await desk.deploy(blockToBpmn(aside(extended ? { kind: 'sequence', parts: [block, other] } : other)));
          const before = await desk.check();
          if (before.status !== 'active') return;
          try {
            await desk.engine.migrateCase({ caseId: desk.id, version: 2, reason: '改版' }, DING);
            seen.migrated++;
          } catch (refusal) {
            if (!isRejection(refusal, 'migration.state_would_be_lost')) throw refusal;
            expect(refusal.details.problems).not.toEqual([]);
            expect(await desk.engine.getCase(desk.id)).toEqual(before);
            seen.refused++;
          }
          await desk.check();
          for (let i = 0; i < 400 && (await desk.goOn(0, true)); i++);
          const { status, incidents } = await desk.check();
          if (status !== 'completed') expect([status, incidents > 0]).toEqual(['active', true]);
        },
      ),
      { numRuns: MODELS, seed: SEED },
    );
    expect(seen.migrated).toBeGreaterThan(10);
    expect(seen.refused).toBeGreaterThan(10);
  }, 600_000);
});
