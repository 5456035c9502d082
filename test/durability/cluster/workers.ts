import { randomUUID } from 'node:crypto';
import { succeeded, type HandedOut } from '../evidence.ts';
import type { Caller, Person } from './caller.ts';
import { pause } from './faults/fault.ts';
import { STAMP } from './neighbours.ts';

const NAMES = ['worker-1', 'worker-2'];
const LOCK_MS = 1_000;
const PACE_MS = 100;

/**
 * External workers that reach for the same jobs. Now and then one dies with a job in its hands, or tells of its result when
 * its lock has run out.
 */
export class Workers {
  private readonly caller: Caller;
  private readonly system: Person;
  private careful = false;
  private working = true;

  constructor(caller: Caller, system: Person) {
    this.caller = caller;
    this.system = system;
  }

  async work(): Promise<void> {
    await Promise.all(NAMES.map((name) => this.worker(name)));
  }

  /** From now on none dies, and none is late. */
  takeCare(): void {
    this.careful = true;
  }

  /** `work` ends soon. */
  rest(): void {
    this.working = false;
  }

  private async worker(name: string): Promise<void> {
    while (this.working) {
      for (const job of await this.fetch(name)) {
        const fate = this.careful ? 1 : this.caller.chance();
        if (fate < 0.1) continue; // it dies
        if (fate < 0.3) await pause(LOCK_MS + 200);
        await this.report(name, job);
      }
      await pause(PACE_MS);
    }
  }

  /** Without a key: whoever gets no answer asks again later. */
  private async fetch(name: string): Promise<readonly HandedOut[]> {
    const path = '/api/jobs/fetch-and-lock';
    const body = { worker: name, topics: [STAMP], maxJobs: 3, lockMs: LOCK_MS };
    const answer = await this.caller.send({ verb: 'fetch', by: this.system, who: name, path, body });
    return succeeded(answer) ? (answer.body as HandedOut[]) : [];
  }

  private async report(name: string, { id, fence }: HandedOut): Promise<void> {
    const variables = { stamped: randomUUID() };
    await this.caller.insist({
      verb: 'report',
      by: this.system,
      who: name,
      key: randomUUID(),
      target: id,
      path: `/api/jobs/${id}/complete`,
      body: { fence, variables },
      data: variables,
      fence,
    });
  }
}
