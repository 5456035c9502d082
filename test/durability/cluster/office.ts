import { randomUUID } from 'node:crypto';
import { succeeded, type Exchange } from '../evidence.ts';
import type { Caller, Doing, Person } from './caller.ts';
import { officeRequest } from './office-requests.ts';
import { startRequest, taskRequest } from './requests.ts';

export interface Started {
  readonly id: string;
  readonly definition: { readonly version: number };
}

/** People of an office at cases that nobody else touches, so that every refusal is one too many: it is thrown. */
export class Office {
  readonly caller: Caller;

  constructor(caller: Caller) {
    this.caller = caller;
  }

  async start(process: string, by: Person): Promise<Started> {
    const { body } = await this.must(startRequest(process, by, { application: randomUUID() }));
    return body as Started;
  }

  /** Somebody claims the open task of an element, and fills in a field. */
  async complete(id: string, element: string, who: Person, field = element): Promise<void> {
    const task = await this.taskOf(id, element);
    await this.must(taskRequest('claim', task, who));
    await this.must(taskRequest('complete', task, who, { [field]: randomUUID() }));
  }

  /** Its open task; the newest of several. */
  async taskOf(id: string, element: string): Promise<string> {
    const { tasks } = await this.caller.read<{ tasks: { id: string; element: string; status: string }[] }>(
      `/api/cases/${id}`,
    );
    const task = tasks.find((each) => each.element === element && each.status === 'open');
    if (!task) throw new Error(`case ${id} has no open task '${element}'`);
    return task.id;
  }

  act(verb: Parameters<typeof officeRequest>[0], target: string, by: Person, rest?: Doing['data']): Promise<Exchange> {
    return this.must(officeRequest(verb, target, by, rest));
  }

  async must(doing: Doing): Promise<Exchange> {
    const answer = await this.caller.insist(doing);
    if (succeeded(answer)) return answer;
    throw new Error(`${doing.verb} ${doing.target} was answered ${answer.status} ${JSON.stringify(answer.body)}`);
  }
}
