import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CaseState, CoreEvent } from '../../../engine/core/index.ts';
import type { Node, ProcessGraph } from '../../../engine/model/graph.ts';
import { stateFaults } from '../../support/consistency.ts';
import { EffectLedger } from '../../support/effect-ledger.ts';
import { allFeatures, featuresOf } from '../../support/features.ts';
import { graphOf } from '../../support/graph-of.ts';
import { everyKindOfProcess } from '../../support/random-every-kind.ts';
import { processToBpmn } from '../../support/random-process.ts';
import { FAILED, walk } from '../../support/random-walk.ts';

const MODELS = Number(process.env.RANDOM_MODELS ?? 3_100);
const SEED = Number(process.env.RANDOM_SEED ?? 20260302);

const reload = (state: CaseState) => JSON.parse(JSON.stringify(state)) as CaseState;

function freeze<T>(value: T): T {
  if (value !== null && typeof value === 'object') Object.values(Object.freeze(value)).forEach(freeze);
  return value;
}

/** Elements that did something in this walk. */
function lived(graph: ProcessGraph, events: readonly CoreEvent[]): Node[] {
  const ids = new Set(events.flatMap(({ type, node }) => (type === 'element.completed' ? [node!] : [])));
  const thrown = events.some(({ type }) => type === 'error.thrown');
  return Object.values(graph.nodes).filter((node) => {
    // an error ends all around it, its own end event as well
    if (node.kind === 'endEvent' && node.trigger?.type === 'error') return thrown;
    // the handler is run, the boundary event only leads to it
    const host = node.kind === 'boundaryEvent' ? graph.nodes[node.attachedTo!]! : undefined;
    return ids.has(node.id) || (host?.compensation !== undefined && ids.has(host.compensation));
  });
}

describe(`${MODELS} random models on random paths (RANDOM_SEED=${SEED})`, () => {
  const seen = new Map<string, number>();
  const different = new Set<string>();
  let repaired = 0;

  it('come to the same state and events when stopped and reloaded after every step, end, and leave nothing behind', async () => {
    await fc.assert(
      fc.asyncProperty(
        everyKindOfProcess,
        fc.array(fc.nat(1_000), { minLength: 5, maxLength: 40 }),
        async (shape, choices) => {
          different.add(JSON.stringify(shape));
          const graph = await graphOf(processToBpmn(shape));
          // a frozen state proves as well that no step writes into the one it was given
          const through = walk(graph, choices, freeze);
          const ledger = new EffectLedger();
          const faults: string[] = [];
          const restarted = walk(graph, choices, (state, effects, command) => {
            faults.push(...stateFaults(graph, state), ...ledger.apply(effects, command), ...ledger.differences(state));
            return reload(state);
          });
          expect(faults).toEqual([]);
          expect(JSON.stringify(restarted)).toBe(JSON.stringify(through));

          expect(through.state.status).toBe(shape.end === 'terminate' ? 'terminated' : 'completed');
          expect(Object.keys(through.state.tokens)).toEqual([]);
          expect(Object.values(through.state.scopes).map(({ kind, live, joins }) => ({ kind, live, joins }))).toEqual([
            { kind: 'process', live: 0, joins: undefined },
          ]);
          expect(
            through.events.filter(({ type, data }) => type === 'incident.opened' && data?.code !== FAILED),
          ).toEqual([]);

          if (through.events.some(({ type }) => type === 'incident.resolved')) repaired++;
          const features = new Set(lived(graph, through.events).flatMap((node) => featuresOf(graph, node)));
          for (const feature of features) seen.set(feature, (seen.get(feature) ?? 0) + 1);
        },
      ),
      { numRuns: MODELS, seed: SEED },
    );
  }, 600_000);

  it('are different ones, and in some of them work fails and is done again', () => {
    expect(different.size).toBeGreaterThan(MODELS * 0.95);
    expect(repaired).toBeGreaterThan(MODELS / 20);
  });

  it('are of every element, event and property that the checker lets through, and these do something', () => {
    expect(allFeatures().filter((feature) => !seen.has(feature))).toEqual([]);
  });
});
