import { isDeepStrictEqual } from 'node:util';
import type { JsonObject } from '../kernel/json.ts';
import type { CaseClock, CaseHold, CaseRow, JobRow } from '../store/ports.ts';
import { lastsBeyond } from '../time/index.ts';
import { calledCaseId, callId } from './call-rows.ts';
import type { ClockChange } from './change-clock.ts';
import { isHeld } from './due-terms.ts';
import { newJob, UNLIMITED } from './rows.ts';

/** Which call of which case a called case follows. */
export interface HeldCall {
  readonly caller: string;
  readonly token: string;
  readonly work: number;
}

/** Lets the called case stand still and run on as the calling one does; belongs to the called case. */
export function holdCallJob(
  { id, rev }: Pick<CaseRow, 'id' | 'rev'>,
  token: string,
  work: number,
  now: number,
): JobRow {
  const payload: HeldCall = { caller: id, token, work };
  return {
    ...newJob(calledCaseId(id, token, work), '', '', now),
    id: `${callId(id, token, work)}.hold${rev}`,
    kind: 'hold-call',
    maxAttempts: UNLIMITED,
    payload: { ...payload },
  };
}

/** One for each case that a case waits for, where its holds are others than before. */
export function holdCallJobs(before: CaseRow, after: CaseRow, now: number): JobRow[] {
  // on every commit of every case
  if (before.clock === after.clock || sameHolds(before.clock?.holds, after.clock?.holds)) return [];
  const calls = Object.values(after.state.tokens).filter(({ wait }) => wait === 'case');
  return calls.map(({ id, work }) => holdCallJob(after, id, work!, now));
}

/**
 * What becomes of the clock of a called case by the holds of its caller, as they stand now, from its own start on; holds of
 * its own stay. Undefined where that changes nothing.
 */
export function holdAlong(row: CaseRow, caller: CaseRow): ClockChange | undefined {
  const { holds = [], extensions = [], ...rest } = row.clock ?? {};
  const along = (caller.clock?.holds ?? []).filter(lastsBeyond(row.startedAt));
  const followed = [...holds.filter(({ ofCaller }) => !ofCaller), ...along.map((hold) => followedHold(hold, row))].sort(
    (a, b) => a.from - b.from,
  );
  if (sameHolds(holds, followed)) return undefined;
  const clock: CaseClock = { ...rest, holds: followed, extensions };
  const begun = followed.filter(
    (hold) => hold.to === null && hold.ofCaller && !holds.some((each) => isDeepStrictEqual(each, hold)),
  );
  const reasons = begun.map(({ reason, local }): JsonObject => ({ reason, ...(local && { local: { ...local } }) }));
  const ended = isHeld({ clock }) ? 'clock.hold_ended_along' : 'clock.resumed_along';
  return { clock, type: begun.length > 0 ? 'clock.held_along' : ended, data: { caller: caller.number, reasons } };
}

/** The caller's notice, and when it is expected to end, concern the caller. */
function followedHold({ reason, local, basis, from, to }: CaseHold, { startedAt }: CaseRow): CaseHold {
  return {
    reason,
    ...(local && { local }),
    ...(basis !== undefined && { basis }),
    from: Math.max(from, startedAt),
    to,
    ofCaller: true,
  };
}

function sameHolds(before: readonly CaseHold[] = [], after: readonly CaseHold[] = []): boolean {
  return isDeepStrictEqual(before, after);
}
