import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compileExpression } from '../../../../engine/expressions/index.ts';
import type { Finding } from '../../../../engine/model/finding.ts';
import { lintModel } from '../../../../engine/model/lint/index.ts';
import { lintContext } from '../../../../engine/model/lint/rule.ts';
import { parseBpmn } from '../../../../engine/model/parse.ts';
import { soundnessOf } from '../../../../engine/model/soundness/soundness.ts';
import { exploreCore } from '../../../support/core-states.ts';
import { anyMutations, mutate } from '../../../support/mutate-model.ts';
import { anyBlock, blockToBpmn } from '../../../support/random-model.ts';

/** `SOUNDNESS_SEED=30` looks elsewhere; 5 meets a loop that waits for nothing beside branches that do not meet. */
const SEEDS = process.env.SOUNDNESS_SEED ? [Number(process.env.SOUNDNESS_SEED)] : [5, 7];

const CHECKS = new Set(['deadlock', 'lack-of-synchronisation', 'dead-code']);

async function check(xml: string) {
  const model = await parseBpmn(xml);
  const findings = lintModel(model, compileExpression);
  const { partial } = soundnessOf(lintContext(model, compileExpression));
  const refused = findings.some(({ severity }) => severity === 'error');
  return { model, partial, refused, told: findings.filter(({ rule }) => CHECKS.has(rule)) };
}

const of = (told: readonly Finding[], rule: string) => told.filter((finding) => finding.rule === rule);

describe.each(SEEDS)('soundness of random models (SOUNDNESS_SEED=%d)', (seed) => {
  it('warns of no model that is built of well-formed blocks', async () => {
    await fc.assert(
      fc.asyncProperty(anyBlock, async (block) => {
        const { told } = await check(mutate(blockToBpmn(block), []));
        expect(told).toEqual([]);
      }),
      { numRuns: 200, seed },
    );
  });

  it('warns of mistakes that a case on the core can run into, and of no others', async () => {
    const seen = { models: 0, stuck: 0, doubled: 0, dead: 0, clean: 0 };
    await fc.assert(
      fc.asyncProperty(anyBlock, anyMutations, async (block, mutations) => {
        const xml = mutate(blockToBpmn(block), mutations);
        const { model, partial, refused, told } = await check(xml);
        if (refused) return;
        const core = exploreCore(model, 300);
        // each scope is played by itself: what comes after a sub-process is told though that never ends
        const neverEnds = model.process!.nodes.some(
          ({ id, type }) => type === 'subProcess' && core.reached.has(id) && !core.left.has(id),
        );
        const comparable = core.complete && !neverEnds;
        seen.models++;
        for (const { element } of of(told, 'deadlock')) {
          seen.stuck++;
          if (comparable) expect([...core.stuck]).toContain(element);
        }
        for (const { element } of of(told, 'lack-of-synchronisation')) {
          seen.doubled++;
          if (comparable) expect({ element, twice: core.doubled.size > 0 }).toEqual({ element, twice: true });
        }
        for (const { element, related = [] } of of(told, 'dead-code')) {
          seen.dead++;
          for (const id of [element, ...related]) expect([...core.reached]).not.toContain(id);
        }
        if (!core.complete || partial) return;
        seen.clean++;
        expect({ stuck: of(told, 'deadlock').length > 0 }).toEqual({ stuck: core.stuck.size > 0 });
      }),
      { numRuns: 200, seed },
    );
    // a test that met no mistake would prove nothing
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(0);
  });
});
