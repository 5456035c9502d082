import { checkUpload } from '../../engine/model/index.ts';
import { CoreRunner } from './core-runner.ts';
import { PeerRunner } from './peer-runner.ts';

/** The longest case that is compared; non-interrupting loops could go on for ever. */
const STEPS = 200;

/** The same case on both engines along the path that the choices pick. Undefined, or where they first differ. */
export async function firstDifference(xml: string, choices: readonly number[]): Promise<string | undefined> {
  const { graph, findings } = await checkUpload(Buffer.from(xml));
  if (!graph) throw new Error(JSON.stringify(findings));
  const core = new CoreRunner(graph);
  const peer = new PeerRunner(xml, graph);
  const path: string[] = ['start'];
  try {
    await core.start();
    await peer.start();
    for (let step = 0; ; step++) {
      const mine = { did: core.drain(), waiting: core.waiting(), ended: core.ended() };
      const theirs = { did: peer.drain(), waiting: peer.waiting(), ended: peer.ended() };
      if (JSON.stringify(mine) !== JSON.stringify(theirs)) return describe(path, mine, theirs);
      if (mine.ended || mine.waiting.length === 0 || step === STEPS) return undefined;
      const next = mine.waiting[choices[step % choices.length]! % mine.waiting.length]!;
      path.push(next);
      core.happen(next);
      peer.happen(next);
    }
  } catch (error) {
    return `after ${path.join(', ')}: ${String((error as Error).stack ?? error)}`;
  } finally {
    peer.stop();
  }
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
