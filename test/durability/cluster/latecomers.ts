import { randomUUID } from 'node:crypto';
import { succeeded } from '../evidence.ts';
import type { ShownSupervision } from '../shown.ts';
import type { AtWork } from './at-work.ts';
import type { Caller, Person } from './caller.ts';
import { pause } from './faults/fault.ts';
import { officeRequest } from './office-requests.ts';
import { OVERDUE } from './overdue.ts';
import { startRequest, taskRequest } from './requests.ts';

const PACE_MS = 1_000;

/** Cases that are overdue at once: the department is asked for the public reason, gives it, and then completes them. */
export class Latecomers implements AtWork {
  private readonly caller: Caller;
  private readonly starter: Person;
  private readonly handler: Person;
  private readonly open = new Set<string>();
  private working = true;

  constructor(caller: Caller, { starter, handler }: { starter: Person; handler: Person }) {
    this.caller = caller;
    this.starter = starter;
    this.handler = handler;
  }

  async work(): Promise<void> {
    while (this.working) {
      const answer = await this.caller.insist(startRequest(OVERDUE, this.starter, { application: randomUUID() }));
      if (succeeded(answer)) this.open.add((answer.body as { id: string }).id);
      await pause(PACE_MS);
      await this.lookAtAll();
    }
  }

  rest(): void {
    this.working = false;
  }

  async finish(isTime: () => boolean): Promise<void> {
    while (this.open.size > 0 && isTime()) {
      await this.lookAtAll();
      if (this.open.size > 0) await pause(200);
    }
  }

  private async lookAtAll(): Promise<void> {
    for (const id of this.open) await this.caller.attempt(() => this.explain(id));
  }

  /** Where the reason is asked for by now. */
  private async explain(id: string): Promise<void> {
    const { reasons } = await this.caller.read<ShownSupervision>(`/api/cases/${id}/supervision`);
    const asked = reasons.find(({ status }) => status === 'asked');
    if (!asked) return;
    await this.caller.insist(officeRequest('reason', asked.id, this.handler));
    const { tasks } = await this.caller.read<{ tasks: { id: string }[] }>(`/api/cases/${id}`);
    for (const verb of ['claim', 'complete'] as const)
      await this.caller.insist(taskRequest(verb, tasks[0]!.id, this.handler));
    this.open.delete(id);
  }
}
