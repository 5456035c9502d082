import { randomUUID } from 'node:crypto';
import { pause } from './faults/fault.ts';
import type { AtWork } from './at-work.ts';
import { succeeded } from '../evidence.ts';
import type { Caller, Person } from './caller.ts';
import { NEIGHBOURS, PAID } from './neighbours.ts';
import { messageRequest, startRequest } from './requests.ts';

/** Here messages are sent before cases wait for them, and are kept. */
const AHEAD = 'south';
/** Cases of one district wait alike: any of them may get a message. */
const DISTRICTS = ['north', 'east', AHEAD];
const AT_ONCE = 3;
const PACE_MS = 1_000;

const severalTimes = (work: (n: number) => Promise<void>) =>
  Promise.all(Array.from({ length: AT_ONCE }, (_, n) => work(n)));

/**
 * Another system, which pays for cases, several at once: one message for each. Elsewhere than ahead there are never more
 * messages than cases that have begun to wait, so that each finds one.
 */
export class Payments implements AtWork {
  private readonly caller: Caller;
  private readonly starter: Person;
  private readonly payer: Person;
  private readonly open = new Set<string>();
  private working = true;

  constructor(caller: Caller, { starter, payer }: { starter: Person; payer: Person }) {
    this.caller = caller;
    this.starter = starter;
    this.payer = payer;
  }

  async work(): Promise<void> {
    for (let round = 0; this.working; round++) {
      const district = DISTRICTS[round % DISTRICTS.length]!;
      const start = () => severalTimes(() => this.start(district));
      const pay = () => severalTimes((n) => this.pay(district, district === AHEAD || n % 2 === 0));
      for (const step of district === AHEAD ? [pay, start] : [start, pay]) await step();
      await pause(PACE_MS);
    }
  }

  rest(): void {
    this.working = false;
  }

  /** Messages are sent; the rest is for others to do. */
  async finish(isTime: () => boolean): Promise<void> {
    while (this.open.size > 0 && isTime()) {
      for (const id of this.open) {
        const view = await this.caller.attempt(() => this.caller.read<{ status: string }>(`/api/cases/${id}`));
        if (view && view.status !== 'active') this.open.delete(id);
      }
      if (this.open.size > 0) await pause(200);
    }
  }

  private async start(district: string): Promise<void> {
    const answer = await this.caller.insist(startRequest(NEIGHBOURS, this.starter, { district }));
    if (succeeded(answer)) this.open.add((answer.body as { id: string }).id);
  }

  private async pay(district: string, mayBeKept: boolean): Promise<void> {
    const message = { name: PAID, key: district, variables: { payment: randomUUID() } };
    await this.caller.insist(messageRequest({ ...message, ...(mayBeKept && { timeToLive: 'PT1H' }) }, this.payer));
  }
}
