import { succeeded, type Exchange } from '../evidence.ts';
import type { AtWork } from './at-work.ts';
import type { Person } from './caller.ts';
import { CONSULTED } from './consulted.ts';
import { pause } from './faults/fault.ts';
import { choiceRequest, jointOrderRequest, officeRequest } from './office-requests.ts';
import type { Office } from './office.ts';
import { SENT_BACK } from './sent-back.ts';

const PACE_MS = 300;

/**
 * Pairs of cases: a supervisor moves one by hand, handlers choose what is done in the other, and orders are about both, all
 * at once. The orders go on when the cases have ended.
 */
export class Pairs implements AtWork {
  private readonly office: Office;
  private readonly persons: { applicant: Person; handler: Person; head: Person; supervisor: Person };
  /** How often each case has to tell of an order that another one keeps. */
  private readonly toTell = new Map<string, number>();
  private working = true;

  constructor(office: Office, persons: Pairs['persons']) {
    this.office = office;
    this.persons = persons;
  }

  async work(): Promise<void> {
    while (this.working) {
      await this.office.caller.attempt(() => this.handle());
      await pause(PACE_MS);
    }
  }

  rest(): void {
    this.working = false;
  }

  /** What the cases tell of orders comes after the answer. */
  async finish(isTime: () => boolean): Promise<void> {
    while (this.toTell.size > 0 && isTime()) {
      for (const [id, times] of this.toTell) {
        const told = await this.office.caller.attempt(() => this.office.caller.history(id));
        const noted = told?.items.filter(({ type }) => type === 'order.noted') ?? [];
        if (noted.length >= times) this.toTell.delete(id);
      }
      if (this.toTell.size > 0) await pause(200);
    }
  }

  private async handle(): Promise<void> {
    const start = async (process: string) => (await this.office.start(process, this.persons.applicant)).id;
    const [sentBack, consulted] = await Promise.all([start(SENT_BACK), start(CONSULTED)]);
    await Promise.all([
      this.move(sentBack),
      this.consult(consulted),
      this.acceptInTheEnd(sentBack, consulted),
      this.revoke(consulted, sentBack),
    ]);
  }

  private async move(id: string): Promise<void> {
    const { handler } = this.persons;
    await this.office.complete(id, 'inspect', handler);
    await this.modify(id, { do: 'move', from: 'decide', to: 'inspect' });
    await this.modify(id, { do: 'add', to: 'decide' });
    await this.modify(id, { do: 'cancel', from: 'decide' });
    await this.office.complete(id, 'inspect', handler, 'inspectedAgain');
    await this.office.complete(id, 'decide', handler);
  }

  /** As the case stood when the supervisor looked; they look again where it has moved on since. */
  private async modify(id: string, operation: object): Promise<Exchange> {
    for (;;) {
      const { rev } = await this.office.caller.read<{ rev: number }>(`/api/cases/${id}/modification`);
      const request = officeRequest('modify', id, this.persons.supervisor, { operations: [operation], rev });
      const answer = await this.office.caller.insist(request);
      if (succeeded(answer)) return answer;
      if ((answer.body as { code: string }).code !== 'case.moved_on')
        throw new Error(`modify ${id} was answered ${answer.status} ${JSON.stringify(answer.body)}`);
    }
  }

  /** No two choices of a case are the same: they are known by what is chosen. */
  private async consult(id: string): Promise<void> {
    const { handler } = this.persons;
    await this.office.complete(id, 'prepare', handler);
    const { choices } = await this.office.caller.read<{ choices: { token: string }[] }>(`/api/cases/${id}`);
    const at = { id, token: choices[0]!.token };
    const choose = (...activities: string[]) => this.office.must(choiceRequest(at, handler, activities));
    await Promise.all([choose('visit', 'ask'), choose('visit')]);
    await this.office.complete(id, 'visit', handler);
    await choose('ask', 'ask');
    await this.office.complete(id, 'ask', handler);
    // the rest of it is cancelled
    await this.office.must(choiceRequest(at, handler));
    await this.office.complete(id, 'record', handler);
  }

  private async acceptInTheEnd(...cases: [string, string]): Promise<void> {
    const { head, supervisor } = this.persons;
    const number = await this.order(cases, 5);
    for (const accepted of [false, true]) {
      await this.office.act('reply', number, head);
      await this.office.act('judge', number, supervisor, { accepted });
    }
  }

  private async revoke(...cases: [string, string]): Promise<void> {
    await this.office.act('revoke', await this.order(cases, 2), this.persons.supervisor);
  }

  /** `times`: how often something will be done with it. */
  private async order(cases: readonly [string, string], times: number): Promise<string> {
    const { body } = await this.office.must(
      jointOrderRequest(cases, this.persons.supervisor, { department: 'housing', days: 3 }),
    );
    this.toTell.set(cases[1], times);
    return (body as { number: string }).number;
  }
}
