import { mkdtempSync, readFileSync, rmSync, writeFileSync, appendFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FAILPOINTS } from '../failpoints.mjs';
import { pause, type Fault } from './fault.ts';

export interface FailpointPlan {
  readonly does: 'die' | 'freeze';
  /** Until each point was hit so often. */
  readonly hits: number;
  readonly nodes: number;
  /** How long a frozen node stands still, ms. */
  readonly stillMs?: number;
  /** Give up after so long, ms. */
  readonly patience?: number;
}

const NAMES = [...new Set(FAILPOINTS.map(({ name }) => name))];

/** Nodes that die or stand still exactly at named points of their work (failpoints.mjs), until each was hit often enough. */
export function failpoints({ does, hits, nodes, stillMs = 0, patience = 300_000 + hits * 15_000 }: FailpointPlan) {
  const folder = mkdtempSync(join(tmpdir(), 'onevisit-failpoints-'));
  const file = join(folder, 'hits');
  writeFileSync(file, '');
  // nobody starts again what dies before the people have come
  const quiet = `${file}.quiet`;
  writeFileSync(quiet, '');
  const said = () => readFileSync(file, 'utf8').split('\n').filter(Boolean);
  const counts = () => NAMES.map((name) => said().filter((line) => line.endsWith(name)).length);

  const fault: Fault = async (city) => {
    const tending = new Map<number, Promise<void>>();
    const thawed = new Set<string>();
    const until = Date.now() + patience;
    rmSync(quiet);
    while (Math.min(...counts()) < hits && Date.now() < until) {
      if (does === 'freeze') thawLater();
      else bootDead();
      await pause(20);
    }
    writeFileSync(quiet, '');
    await Promise.all(tending.values());
    if (does === 'freeze') thawLater();
    else bootDead();
    await Promise.all(tending.values());
    return NAMES.map((name, index) => `${counts()[index]} × ${does} ${name}`).join(', ');

    function bootDead(): void {
      for (const [index, node] of city.nodes.entries()) {
        if (node.isUp() || tending.has(index)) continue;
        tending.set(
          index,
          node.boot().finally(() => tending.delete(index)),
        );
      }
    }
    /** Each freeze is one line. */
    function thawLater(): void {
      said().forEach((line, index) => {
        if (!line.startsWith('freeze') || thawed.has(`${index}`)) return;
        thawed.add(`${index}`);
        const pid = Number(line.split(' ')[1]);
        const thaw = pause(stillMs).then(() => {
          appendFileSync(file, `thaw ${pid}\n`);
          city.disturbed.push(Date.now());
          process.kill(pid, 'SIGCONT');
        });
        tending.set(
          index,
          thaw.finally(() => tending.delete(index)),
        );
      });
    }
  };

  return {
    environment: () => ({ CLUSTER_FAILPOINTS: file, CLUSTER_FAILPOINT_DOES: does, CLUSTER_NODES: String(nodes) }),
    fault,
    /** How often each point was hit. */
    counts,
    forget: () => rmSync(folder, { recursive: true, force: true }),
  };
}
