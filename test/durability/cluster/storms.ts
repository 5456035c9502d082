import { randomUUID } from 'node:crypto';
import { succeeded } from '../evidence.ts';
import type { AtWork } from './at-work.ts';
import type { Caller, Person } from './caller.ts';
import { pause } from './faults/fault.ts';
import { signalRequest, startRequest, taskRequest } from './requests.ts';
import { SENTRY, STORM } from './sentry.ts';

const SENTRIES = 5;
const PACE_MS = 700;

/** Whoever sends signals to a few cases on watch, and takes these off when each has heard all. */
export class Storms implements AtWork {
  private readonly caller: Caller;
  private readonly persons: { starter: Person; warner: Person; handler: Person };
  private readonly sentries: string[] = [];
  private readonly warnings: string[] = [];
  private working = true;

  constructor(caller: Caller, persons: { starter: Person; warner: Person; handler: Person }) {
    this.caller = caller;
    this.persons = persons;
  }

  async work(): Promise<void> {
    await Promise.all(Array.from({ length: SENTRIES }, () => this.post()));
    while (this.working) {
      const warning = randomUUID();
      const answer = await this.caller.insist(signalRequest(STORM, this.persons.warner, { warning }));
      if (succeeded(answer)) this.warnings.push(warning);
      await pause(PACE_MS);
    }
  }

  rest(): void {
    this.working = false;
  }

  async finish(isTime: () => boolean): Promise<void> {
    await Promise.all(this.sentries.map((id) => this.caller.attempt(() => this.takeOff(id, isTime))));
  }

  private async post(): Promise<void> {
    const answer = await this.caller.insist(startRequest(SENTRY, this.persons.starter, {}));
    if (succeeded(answer)) this.sentries.push((answer.body as { id: string }).id);
  }

  private async takeOff(id: string, isTime: () => boolean): Promise<void> {
    while (!(await this.hasHeardAll(id))) {
      if (!isTime()) return;
      await pause(200);
    }
    const { tasks } = await this.caller.read<{ tasks: { id: string }[] }>(`/api/cases/${id}`);
    const [watch] = tasks;
    await this.caller.insist(taskRequest('claim', watch!.id, this.persons.handler));
    await this.caller.insist(taskRequest('complete', watch!.id, this.persons.handler, { watch: randomUUID() }));
  }

  private async hasHeardAll(id: string): Promise<boolean> {
    const { items } = await this.caller.history(id);
    const heard = new Set(items.filter(({ type }) => type === 'variables.set').map(({ data }) => data.warning));
    return this.warnings.every((warning) => heard.has(warning));
  }
}
