import type { RecountRun } from '../../../engine/index.ts';
import { CHINA_OFFSET_MS, parseDay, startOfDay } from '../../../engine/time/index.ts';
import { actorOf } from '../../../processes/casework/index.ts';
import type { Notice, RegionCalendar } from '../../../processes/calendars/index.ts';
import type { Person } from '../../../processes/directory/index.ts';
import type { House } from '../../house.ts';
import { pointedAt } from './refusals.ts';

/** Other nodes look for new notices every two seconds; the cases are counted when all must have seen it. */
const SEEN_BY_ALL_MS = 5_000;

/** A notice that fits, and the calendar that the cases of this house are counted with before and after. */
export interface Draft {
  readonly notice: Notice;
  readonly was: RegionCalendar;
  readonly is: RegionCalendar;
  /** When it takes effect: now or at the beginning of its day. */
  readonly from: number;
  /** On its day the cases are counted with another calendar than without it. */
  readonly countsHere: boolean;
  /** The calendar of the notice's own region before (of one around it, where it had none) and after. */
  readonly region: { readonly was: RegionCalendar; readonly is: RegionCalendar };
}

/** Reads a notice without keeping it. Refuses as `readNotice`, with lines that point into the body. */
export function draftNotice(house: House, content: unknown, viewer: Person): Draft {
  const now = house.engine.now();
  const notice = pointedAt('/body/notice', () => house.keptCalendars.draft(content, { at: now, by: viewer.id }));
  const from = Math.max(now, startOfDay(parseDay(notice.effective)!, CHINA_OFFSET_MS));
  const was = house.keptCalendars.inForce(house.region, now);
  const is = notice.calendars.ofDivision(house.region, from);
  const region = {
    was: house.calendars.ofDivision(notice.region, now),
    is: notice.calendars.ofDivision(notice.region, from),
  };
  const without = house.calendars.ofDivision(house.region, from);
  return { notice, was, is, from, countsHere: is.calendar.version !== without.calendar.version, region };
}

/** Keeps a notice for good and orders the run over the open cases, in one write. Undefined: no case is counted with it. */
export async function loadNotice(house: House, content: unknown, viewer: Person): Promise<RecountRun | undefined> {
  const { engine, keptCalendars, store, config } = house;
  const { notice, from, countsHere } = draftNotice(house, content, viewer);
  const documents = await keptCalendars.keep(notice, { at: engine.now(), by: viewer.id });
  if (!countsHere) {
    await store.commitRecords({ jobs: { put: [], remove: [] }, documents });
    await keptCalendars.refresh();
    return undefined;
  }
  const { version, papers } = notice;
  const shared = config.mongodbUri !== undefined ? SEEN_BY_ALL_MS : 0;
  const order = { because: { notice: version, papers: [...papers] }, documents, notBefore: from + shared };
  const run = await engine.recountCases(order, actorOf(viewer));
  await keptCalendars.refresh();
  return run;
}
