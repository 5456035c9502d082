import { randomUUID } from 'node:crypto';
import { succeeded, type Exchange } from '../evidence.ts';
import type { Operation } from '../operations.ts';
import type { AtWork } from './at-work.ts';
import type { Caller, Doing, Person } from './caller.ts';
import { pause } from './faults/fault.ts';
import { LICENCE } from './licence.ts';
import { officeRequest } from './office-requests.ts';
import type { Publishers } from './publishers.ts';
import { startRequest, taskRequest, uploadRequest } from './requests.ts';
import { WITHDRAWN } from './withdrawn.ts';

const AT_ONCE = 2;
const PACE_MS = 300;

export interface LicencePersons {
  readonly applicant: Person;
  readonly handler: Person;
  /** Of the handler. */
  readonly colleague: Person;
  readonly head: Person;
  readonly supervisor: Person;
  readonly designer: Person;
  /** Of versions that cases are taken to. */
  readonly publishers: Publishers;
}

interface Started {
  readonly id: string;
  readonly definition: { readonly version: number };
}

/**
 * Cases about which much is written: the applicant is told what is missing and hands it in, then the clock is stopped and
 * runs on, the limit is extended, and supervisors urge and order, all at once; others are withdrawn. Nobody else touches them, so that every
 * refusal is one too many.
 */
export class Licences implements AtWork {
  private readonly caller: Caller;
  private readonly persons: LicencePersons;
  private working = true;

  constructor(caller: Caller, persons: LicencePersons) {
    this.caller = caller;
    this.persons = persons;
  }

  async work(): Promise<void> {
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        while (this.working) {
          await this.caller.attempt(() => this.handle());
          await pause(PACE_MS);
        }
      }),
    );
  }

  rest(): void {
    this.working = false;
  }

  /** Whoever began a case has brought it to its end before they rest. */
  async finish(): Promise<void> {}

  private async handle(): Promise<void> {
    const { applicant } = this.persons;
    const [{ id, definition }, other] = await Promise.all([this.start(LICENCE), this.start(WITHDRAWN)]);
    await this.act('cancel', other.id, applicant);
    await this.supplement(id);
    await this.complete(id, 'review');
    await Promise.all([this.stopTheClock(id), this.supervise(id), this.migrate(id, definition.version)]);
    await this.handOver(id);
    await this.complete(id, 'handle', this.persons.colleague);
  }

  private async start(process: string): Promise<Started> {
    const { body } = await this.must(startRequest(process, this.persons.applicant, { application: randomUUID() }));
    return body as Started;
  }

  private async supplement(id: string): Promise<void> {
    const { applicant, handler } = this.persons;
    const defects = [{ material: '营业执照', problem: '没有盖章' }];
    await this.act('notice', id, handler, { defects, limit: { value: 15, unit: 'workingDays' } });
    // of any length, so that a part of it is not the whole
    const content = `${randomUUID()} 材料\n`.repeat(1 + Math.floor(this.caller.chance() * 100));
    const { body } = await this.must(uploadRequest(content, applicant));
    await this.act('answer', id, applicant, { remedies: [{ defect: 0, files: [(body as { id: string }).id] }] });
  }

  /** Two holds overlap. */
  private async stopTheClock(id: string): Promise<void> {
    const { handler, head } = this.persons;
    for (const reason of ['hearing', 'expertReview'])
      await this.act('hold', id, handler, { reason, expectedDays: 15, notice: { number: randomUUID() } });
    for (const reason of ['hearing', 'expertReview']) await this.act('resume', id, handler, { reason });
    await this.act('extend', id, head, { value: 5 });
  }

  private async supervise(id: string): Promise<void> {
    const { applicant, supervisor, head } = this.persons;
    await this.act('urge', id, applicant);
    const order = async () => {
      const { body } = await this.act('order', id, supervisor, { department: 'housing', days: 3 });
      return (body as { number: string }).number;
    };
    const number = await order();
    for (const accepted of [false, true]) {
      await this.act('reply', number, head);
      await this.act('judge', number, supervisor, { accepted });
    }
    await this.act('urge', id, supervisor);
    await this.act('revoke', await order(), supervisor);
  }

  private async migrate(id: string, from: number): Promise<void> {
    const version = this.persons.publishers.otherThan(from);
    if (version !== undefined) await this.act('migrate', id, this.persons.designer, { version });
  }

  /** A handler puts the task back, for a colleague. */
  private async handOver(id: string): Promise<void> {
    const { handler } = this.persons;
    const task = await this.taskOf(id, 'handle');
    for (const verb of ['claim', 'unclaim'] as const) await this.must(taskRequest(verb, task, handler));
  }

  private async complete(id: string, element: string, who = this.persons.handler): Promise<void> {
    const task = await this.taskOf(id, element);
    await this.must(taskRequest('claim', task, who));
    await this.must(taskRequest('complete', task, who, { [element]: randomUUID() }));
  }

  private async taskOf(id: string, element: string): Promise<string> {
    const { tasks } = await this.caller.read<{ tasks: { id: string; element: string }[] }>(`/api/cases/${id}`);
    const task = tasks.find((each) => each.element === element);
    if (!task) throw new Error(`case ${id} has no task '${element}'`);
    return task.id;
  }

  private act(verb: Operation, target: string, by: Person, rest?: Doing['data']): Promise<Exchange> {
    return this.must(officeRequest(verb, target, by, rest));
  }

  private async must(doing: Doing): Promise<Exchange> {
    const answer = await this.caller.insist(doing);
    if (succeeded(answer)) return answer;
    throw new Error(`${doing.verb} ${doing.target} was answered ${answer.status} ${JSON.stringify(answer.body)}`);
  }
}
