import { randomUUID } from 'node:crypto';
import type { AtWork } from './at-work.ts';
import type { Caller, Person } from './caller.ts';
import { inTurns } from './client.ts';
import { pause } from './faults/fault.ts';
import { KEY } from './model.ts';
import { startRequest, taskRequest } from './requests.ts';

interface CaseView {
  status: string;
  tasks: { id: string; element: string; status: string; assignee: { id: string } | null }[];
}

export interface PeopleOptions {
  readonly starter: Person;
  /** Of one department: they reach for the same tasks. */
  readonly handlers: readonly Person[];
  /** How many are at work at once. */
  readonly clients: number;
  /** Tasks that they do not touch, by element. */
  readonly leaves?: readonly string[] | undefined;
}

/** People who start cases and work on them. */
export class People implements AtWork {
  private readonly caller: Caller;
  private readonly options: PeopleOptions;
  private readonly open = new Set<string>();
  private working = true;

  constructor(caller: Caller, options: PeopleOptions) {
    this.caller = caller;
    this.options = options;
  }

  async work(): Promise<void> {
    await Promise.all(Array.from({ length: this.options.clients }, (_, client) => this.client(client)));
  }

  rest(): void {
    this.working = false;
  }

  async finish(isTime: () => boolean): Promise<void> {
    while (this.open.size > 0 && isTime()) {
      for (const who of this.options.handlers) {
        const open = [...this.open];
        const workOn = (n: number) => this.caller.attempt(() => this.workOn(open[n]!, who));
        await inTurns(open.length, this.options.clients, async (n) => void (isTime() && (await workOn(n))));
      }
      if (this.open.size > 0) await pause(200);
    }
  }

  private handler(n: number): Person {
    return this.options.handlers[n % this.options.handlers.length]!;
  }

  private async client(n: number): Promise<void> {
    const { chance } = this.caller;
    while (this.working) {
      if (chance() < 0.3 || this.open.size === 0) {
        const answer = await this.caller.insist(startRequest(KEY, this.options.starter, { application: randomUUID() }));
        if (answer.status === 201) this.open.add((answer.body as { id: string }).id);
      } else {
        const open = [...this.open];
        const id = open[Math.floor(chance() * open.length)]!;
        await this.caller.attempt(() => this.workOn(id, this.handler(n)));
        if (chance() < 0.1) await this.caller.look(id);
      }
    }
  }

  /** Claims what is open and completes what this person holds. */
  private async workOn(caseId: string, who: Person): Promise<void> {
    const view = await this.caller.read<CaseView>(`/api/cases/${caseId}`);
    if (view.status !== 'active') this.open.delete(caseId);
    for (const task of view.tasks.filter(({ element }) => !this.options.leaves?.includes(element))) {
      if (task.status === 'open') {
        const claim = await this.caller.insist(taskRequest('claim', task.id, who));
        if (claim.status !== 200) continue; // somebody else was first
      } else if (task.status !== 'claimed' || task.assignee?.id !== who.id) continue;
      await this.caller.insist(taskRequest('complete', task.id, who, { [task.element]: randomUUID() }));
    }
  }
}
