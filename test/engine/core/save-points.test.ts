import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { step, type CaseState, type Command, type CoreEvent } from '../../../engine/core/index.ts';
import { bpmn, flow } from '../../support/bpmn.ts';
import { stateFaults } from '../../support/consistency.ts';
import { graphOf } from '../../support/graph-of.ts';
import { anyBlock, blockToBpmn } from '../../support/random-model.ts';
import { FAILED, walk } from '../../support/random-walk.ts';

const MODELS = 300;

/** The same model with save points before and after whatever the choices pick. */
function withSavePoints(xml: string, choices: readonly number[]): string {
  let at = 0;
  return xml.replace(/<(\w+(?:Task|Gateway|Event|subProcess)|task|subProcess) id="/gi, (tag, name: string) => {
    const choice = choices[at++ % choices.length]! % 4;
    const before = choice & 1 ? 'camunda:asyncBefore="true" ' : '';
    const after = choice & 2 && name !== 'endEvent' ? 'camunda:asyncAfter="true" ' : '';
    return `${tag.slice(0, -4)} ${before}${after}id="`.replace('  ', ' ');
  });
}

const completed = (events: readonly CoreEvent[]) =>
  events.filter(({ type }) => type === 'element.completed').map(({ node }) => node!);

describe('the job of a save point', () => {
  it('that failed for good opens an incident; the retry is another job, and the case goes on from there', async () => {
    const graph = await graphOf(
      bpmn(`<startEvent id="s"/><userTask id="t" camunda:asyncBefore="true"/>${flow('s', 't')}`),
    );
    const take = (state: CaseState | null, command: Command) => {
      const result = step(graph, state, command, { now: 0 });
      if (!result.done) throw new Error('expected no worker');
      return result;
    };
    const saved = take(null, { type: 'start', variables: {} });
    expect(saved.effects).toEqual([{ type: 'create-continuation', token: '1', node: 't', work: 1 }]);
    const failed = take(saved.state, { type: 'fail-job', token: '1', code: 'job.failed', message: 'disk full' });
    expect(failed.effects).toEqual([
      { type: 'remove-job', token: '1', work: 1 },
      { type: 'open-incident', token: '1', node: 't', code: 'job.failed', message: 'disk full' },
    ]);
    expect(() => take(failed.state, { type: 'continue', token: '1' })).toThrow('save point');
    const again = take(failed.state, { type: 'retry', token: '1' });
    expect(again.effects).toEqual([
      { type: 'resolve-incident', token: '1' },
      { type: 'create-continuation', token: '1', node: 't', work: 2 },
    ]);
    const open = take(again.state, { type: 'continue', token: '1' });
    expect(Object.values(open.state.tokens)).toMatchObject([{ node: 't', wait: 'task' }]);
    expect(() => take(open.state, { type: 'continue', token: '1' })).toThrow('no longer there');
  });
});

describe('save points anywhere in random models', () => {
  it('change where a step ends, never what a case does', async () => {
    const stops = { models: 0, steps: 0 };
    await fc.assert(
      fc.asyncProperty(anyBlock, fc.array(fc.nat(1_000), { minLength: 5, maxLength: 40 }), async (block, choices) => {
        const xml = withSavePoints(blockToBpmn(block), choices);
        const graph = await graphOf(xml);
        const reloaded = walk(graph, choices, (state) => {
          expect(stateFaults(graph, state)).toEqual([]);
          return JSON.parse(JSON.stringify(state)) as CaseState;
        });
        const through = walk(graph, choices, (state) => state);
        expect(reloaded).toEqual(through);
        expect(through.state.status).toBe('completed');
        expect(Object.keys(through.state.tokens)).toEqual([]);
        expect(through.events.filter(({ type, data }) => type === 'incident.opened' && data?.code !== FAILED)).toEqual(
          [],
        );
        // one token at a time: the path is the same with and without them
        const plain = await graphOf(blockToBpmn(block));
        const without = walk(plain, [0], (state) => state);
        const first = walk(graph, [0], (state) => state);
        expect(new Set(completed(first.events))).toEqual(new Set(completed(without.events)));
        if (first.steps > without.steps) stops.models++;
        stops.steps += first.steps - without.steps;
      }),
      { numRuns: MODELS, seed: 20260302 },
    );
    expect(stops.models).toBeGreaterThan(MODELS / 2);
    expect(stops.steps).toBeGreaterThan(MODELS);
  }, 240_000);
});
