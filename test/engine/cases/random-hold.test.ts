import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { verifyChain, type Actor } from '../../../engine/index.ts';
import { openCase } from '../../support/driven-case.ts';
import type { Block } from '../../support/random-block.ts';
import { everyKindOfBlock } from '../../support/random-every-kind.ts';
import { anyLimits } from '../../support/random-limits.ts';
import { blockToBpmn } from '../../support/random-model.ts';

const MODELS = Number(process.env.RANDOM_MODELS ?? 80);
const SEED = Number(process.env.RANDOM_SEED ?? 20260302);
const DAY = 86_400_000;
const FENG: Actor = { id: 'feng', name: '冯督办', groups: [] };
const note = '委托检验';

/** A second branch keeps the case open; a timer that hangs on its promise is armed beside all else. */
const aside = (block: Block): Block => ({
  kind: 'guarded',
  trigger: 'due',
  interrupting: false,
  handler: { kind: 'user' },
  part: {
    kind: 'parallel',
    parts: [{ kind: 'sequence', parts: [{ kind: 'user' }, { kind: 'user' }] }, block],
    chosen: [],
  },
});
const moments = fc.nat(6);

describe(`cases of ${MODELS} random models, held and resumed at random moments (RANDOM_SEED=${SEED})`, () => {
  it('keep every timer and due date where the clocks say, and their lights in order; no timer that counts as they do fires meanwhile', async () => {
    const seen = { held: 0, moved: 0 };
    await fc.assert(
      fc.asyncProperty(
        everyKindOfBlock,
        anyLimits,
        fc.array(fc.nat(100), { minLength: 3, maxLength: 20 }),
        moments,
        moments,
        async (block, limits, choices, before, during) => {
          const desk = await openCase(blockToBpmn(aside(block), limits));
          const goOn = async (steps: number) => {
            for (let i = 0; i < steps && (await desk.goOn(choices[i % choices.length]!)); i++);
          };
          const events = async () => await desk.store.listEvents(desk.id, 0, 10_000);
          await goOn(before);
          if ((await desk.check()).status === 'active') {
            await desk.engine.holdCase(
              { caseId: desk.id, reason: 'inspection', expectedDays: 20, notice: { number: '1' }, note },
              FENG,
            );
            const { state, lastSeq } = await desk.check();
            const standing = Object.values(state.tokens).flatMap(({ id, armed }) =>
              Object.entries(armed ?? {}).flatMap(([key, each]) =>
                each.type === 'timer' && each.dueAt === null ? [`${id} ${key.split('#')[0]}`] : [],
              ),
            );
            await desk.pass(40 * DAY);
            await desk.check();
            const fired = (await events()).filter(({ seq, type }) => seq > lastSeq && type === 'timer.fired');
            expect(fired.map(({ token, node }) => `${token} ${node}`).filter((one) => standing.includes(one))).toEqual(
              [],
            );
            await goOn(during);
            if ((await desk.check()).status === 'active') {
              await desk.engine.resumeCase({ caseId: desk.id, reason: 'inspection', note }, FENG);
              await desk.check();
              seen.held++;
            }
          }
          for (let i = 0; i < 400 && (await desk.goOn(0, true)); i++);
          expect((await desk.check()).status).toBe('completed');
          const history = await events();
          if (history.some(({ type }) => type === 'timer.moved')) seen.moved++;
          expect(verifyChain(history)).toEqual({ ok: true });
        },
      ),
      { numRuns: MODELS, seed: SEED },
    );
    expect(seen.held).toBeGreaterThan(MODELS / 2);
    expect(seen.moved).toBeGreaterThan(MODELS / 4);
  }, 600_000);
});
