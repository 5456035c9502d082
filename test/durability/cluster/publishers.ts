import { randomUUID } from 'node:crypto';
import { succeeded } from '../evidence.ts';
import type { AtWork } from './at-work.ts';
import type { Caller, Person } from './caller.ts';
import { pause } from './faults/fault.ts';
import { licenceModel } from './licence.ts';
import { openAtAllHours } from './open-at-all-hours.ts';
import { noticeRequest, publishRequest } from './requests.ts';

const PACE_MS = 3_000;

/** Whoever publishes further versions of a process, and loads further versions of the calendar. */
export class Publishers implements AtWork {
  private readonly caller: Caller;
  private readonly designer: Person;
  private readonly department: string;
  private readonly published = [1];
  private working = true;

  constructor(caller: Caller, { designer, department }: { designer: Person; department: string }) {
    this.caller = caller;
    this.designer = designer;
    this.department = department;
  }

  /** The newest version of the process but this one; undefined while there is no other. */
  otherThan(version: number): number | undefined {
    return this.published.findLast((each) => each !== version);
  }

  async work(): Promise<void> {
    for (let number = 2; this.working; number++) {
      const name = randomUUID();
      const model = licenceModel(this.department, name);
      const answer = await this.caller.insist(publishRequest(name, model, this.designer));
      if (succeeded(answer))
        this.published.push((answer.body as { definition: { version: number } }).definition.version);
      // whoever got no answer may be told that it is there, or under way
      for (const notice of openAtAllHours(Date.now(), number))
        await this.caller.insist(noticeRequest(notice, this.designer));
      await pause(PACE_MS);
    }
  }

  rest(): void {
    this.working = false;
  }

  async finish(): Promise<void> {}
}
