import { randomUUID } from 'node:crypto';
import type { AtWork } from './at-work.ts';
import type { Person } from './caller.ts';
import { pause } from './faults/fault.ts';
import { LICENCE } from './licence.ts';
import type { Office } from './office.ts';
import type { Publishers } from './publishers.ts';
import { taskRequest, uploadRequest } from './requests.ts';
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

/**
 * Cases about which much is written: the applicant is told what is missing and hands it in, then the clock is stopped and
 * runs on, the limit is extended, and supervisors urge and order, all at once; others are withdrawn. Nobody else touches them, so that every
 * refusal is one too many.
 */
export class Licences implements AtWork {
  private readonly office: Office;
  private readonly persons: LicencePersons;
  private working = true;

  constructor(office: Office, persons: LicencePersons) {
    this.office = office;
    this.persons = persons;
  }

  async work(): Promise<void> {
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        while (this.working) {
          await this.office.caller.attempt(() => this.handle());
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
    const { applicant, handler, colleague } = this.persons;
    const [{ id, definition }, other] = await Promise.all([
      this.office.start(LICENCE, applicant),
      this.office.start(WITHDRAWN, applicant),
    ]);
    await this.office.act('cancel', other.id, applicant);
    await this.supplement(id);
    await this.office.complete(id, 'review', handler);
    await Promise.all([this.stopTheClock(id), this.supervise(id), this.migrate(id, definition.version)]);
    await this.handOver(id);
    await this.office.complete(id, 'handle', colleague);
  }

  private async supplement(id: string): Promise<void> {
    const { applicant, handler } = this.persons;
    const defects = [{ material: '营业执照', problem: '没有盖章' }];
    await this.office.act('notice', id, handler, { defects, limit: { value: 15, unit: 'workingDays' } });
    // of any length, so that a part of it is not the whole
    const content = `${randomUUID()} 材料\n`.repeat(1 + Math.floor(this.office.caller.chance() * 100));
    const { body } = await this.office.must(uploadRequest(content, applicant));
    await this.office.act('answer', id, applicant, { remedies: [{ defect: 0, files: [(body as { id: string }).id] }] });
  }

  /** Two holds overlap. */
  private async stopTheClock(id: string): Promise<void> {
    const { handler, head } = this.persons;
    for (const reason of ['hearing', 'expertReview'])
      await this.office.act('hold', id, handler, { reason, expectedDays: 15, notice: { number: randomUUID() } });
    for (const reason of ['hearing', 'expertReview']) await this.office.act('resume', id, handler, { reason });
    await this.office.act('extend', id, head, { value: 5 });
  }

  private async supervise(id: string): Promise<void> {
    const { applicant, supervisor, head } = this.persons;
    await this.office.act('urge', id, applicant);
    const order = async () => {
      const { body } = await this.office.act('order', id, supervisor, { department: 'housing', days: 3 });
      return (body as { number: string }).number;
    };
    const number = await order();
    for (const accepted of [false, true]) {
      await this.office.act('reply', number, head);
      await this.office.act('judge', number, supervisor, { accepted });
    }
    await this.office.act('urge', id, supervisor);
    await this.office.act('revoke', await order(), supervisor);
  }

  private async migrate(id: string, from: number): Promise<void> {
    const version = this.persons.publishers.otherThan(from);
    if (version !== undefined) await this.office.act('migrate', id, this.persons.designer, { version });
  }

  /** A handler puts the task back, for a colleague. */
  private async handOver(id: string): Promise<void> {
    const { handler } = this.persons;
    const task = await this.office.taskOf(id, 'handle');
    for (const verb of ['claim', 'unclaim'] as const) await this.office.must(taskRequest(verb, task, handler));
  }
}
