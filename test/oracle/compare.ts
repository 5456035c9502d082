import type { ProcessGraph } from '../../engine/model/graph.ts';
import { graphOf } from '../support/graph-of.ts';
import { CoreRunner } from './core-runner.ts';
import { PeerRunner } from './peer-runner.ts';
import type { Runner } from './runner.ts';

/** The longest case that is compared; non-interrupting loops could go on for ever. */
const STEPS = 200;

/** What was compared already: the graph of each model, and the paths on which it was run. */
export type Compared = Map<string, { graph: ProcessGraph; paths: Set<string> }>;

/**
 * The same case on both engines along the path that the choices pick. Undefined, or where they first differ. Small models
 * come again and again: the same happenings in the same model are compared once.
 */
export async function firstDifference(
  xml: string,
  choices: readonly number[],
  compared: Compared = new Map(),
): Promise<string | undefined> {
  let known = compared.get(xml);
  if (!known) {
    compared.set(xml, (known = { graph: await graphOf(xml), paths: new Set() }));
  }
  const { graph, paths } = known;
  const { path, steps } = await run(new CoreRunner(graph), choices);
  const happenings = path.join();
  if (paths.has(happenings)) return undefined;
  const peer = new PeerRunner(xml, graph);
  let done = 0;
  try {
    await peer.start();
    for (; ; done++) {
      const [mine, theirs] = [steps[done]!, stepOf(peer)];
      if (JSON.stringify(mine) !== JSON.stringify(theirs)) return describe(path.slice(0, done + 1), mine, theirs);
      if (done + 1 === steps.length) break;
      peer.happen(path[done + 1]!);
    }
    paths.add(happenings);
    return undefined;
  } catch (error) {
    return `after ${path.slice(0, done + 2).join(', ')}: ${String((error as Error).stack ?? error)}`;
  } finally {
    peer.stop();
  }
}

/** What happens on our core: `path` begins with the start, and each of `steps` is where the case stands then. */
async function run(core: CoreRunner, choices: readonly number[]): Promise<{ path: string[]; steps: Step[] }> {
  await core.start();
  const path = ['start'];
  const steps = [stepOf(core)];
  for (let step = 0; step < STEPS; step++) {
    const { ended, waiting } = steps[step]!;
    if (ended || waiting.length === 0) break;
    const next = waiting[choices[step % choices.length]! % waiting.length]!;
    path.push(next);
    core.happen(next);
    steps.push(stepOf(core));
  }
  return { path, steps };
}

function stepOf(runner: Runner): Step {
  return { did: runner.drain(), waiting: runner.waiting(), ended: runner.ended() };
}

interface Step {
  did: string[];
  waiting: string[];
  ended: boolean;
}

function describe(path: string[], mine: Step, theirs: Step): string {
  const only = (a: string[], b: string[]) => {
    const rest = [...b];
    return a.filter((item) => {
      const at = rest.indexOf(item);
      if (at < 0) return true;
      rest.splice(at, 1);
      return false;
    });
  };
  return [
    `after ${path.join(', ')}`,
    `  only the core: ${[...only(mine.did, theirs.did), ...only(mine.waiting, theirs.waiting).map((w) => `waits for ${w}`)].join(', ') || 'nothing'}${mine.ended ? ' (ended)' : ''}`,
    `  only the peer: ${[...only(theirs.did, mine.did), ...only(theirs.waiting, mine.waiting).map((w) => `waits for ${w}`)].join(', ') || 'nothing'}${theirs.ended ? ' (ended)' : ''}`,
  ].join('\n');
}
