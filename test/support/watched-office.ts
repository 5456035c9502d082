import { loadCalendar } from '../../processes/calendars/load.ts';
import { elementWords, sentenceOfEvent } from '../../processes/casework/index.ts';
import { loadDirectory, type Person } from '../../processes/directory/index.ts';
import { houseFollowUps } from '../../processes/follow-ups.ts';
import { messageCatcher, caughtNotices, type Notice, type NoticeChannel } from '../../processes/notices/index.ts';
import { supervisionOf, type SupervisionDeps } from '../../processes/supervision/index.ts';
import type { CalendarSource, Store } from '../../engine/index.ts';
import type { WorkCalendar } from '../../engine/time/index.ts';
import type { JsonObject } from '../../engine/kernel/json.ts';
import { testStore } from './test-store.ts';
import { bpmn, chain } from './bpmn.ts';
import { DESIGNER, office, type Office } from './office.ts';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** One department reviews: 10 working days promised for the case, 5 for the review. */
export const REVIEWED = bpmn(
  `<startEvent id="s"/><userTask id="review" name="核税" ov:department="tax" ov:promise="5" ov:unit="workingDays"/>
   <endEvent id="e"/>${chain('s', 'review', 'e')}`,
  { id: 'reviewed', processAttrs: 'ov:department="window" ov:promise="10" ov:unit="workingDays"' },
);

/** The window accepts and delivers, tax decides; `limits`: attributes of the process. */
export const phased = (limits: string) =>
  bpmn(
    `<startEvent id="s"/><userTask id="accept" ov:department="window" ov:milestone="accepted"/>
     <userTask id="review" ov:department="tax" ov:milestone="decided"/>
     <userTask id="deliver" ov:department="window" ov:milestone="delivered"/><endEvent id="e"/>
     ${chain('s', 'accept', 'review', 'deliver', 'e')}`,
    { id: 'reviewed', processAttrs: limits },
  );

export interface WatchedOffice extends Office, SupervisionDeps {
  engine: Office['engine'];
  person(id: string): Person;
  /** Starts a case of `REVIEWED`, or of `xml`, that applicant-chen applied for; `item`: what its item says. */
  apply(item?: JsonObject, xml?: string): Promise<string>;
  /** What the catcher holds, oldest first, as `kind recipient`. */
  notices(): Promise<string[]>;
  caught(): Promise<Notice[]>;
  /** What the history of a case says of events of these types. */
  told(caseId: string, ...types: string[]): Promise<{ zh: string; en: string }[]>;
  supervision(caseId: string): Promise<ReturnType<typeof supervisionOf>>;
  /** A notice moves every open case to these days. */
  amend(calendar: WorkCalendar): Promise<void>;
}

interface Setting {
  readonly store?: Store;
  readonly channel?: NoticeChannel;
  readonly now?: string;
  readonly calendar?: CalendarSource;
}

/**
 * The demo city's people around an office: notices are caught, missed deadlines escalate. From Monday 2 March 2026, 09:00,
 * unless `now` says otherwise.
 */
export function watchedOffice(options: Setting = {}): WatchedOffice {
  const store = options.store ?? testStore();
  const directory = loadDirectory();
  let hanging = loadCalendar();
  const calendar = options.calendar ?? { current: () => hanging, refresh: () => Promise.resolve() };
  const desk = office({
    store,
    calendar,
    ...(options.now !== undefined && { now: options.now }),
    followUps: houseFollowUps({
      directory,
      channel: options.channel ?? messageCatcher(store),
      calendarOf: () => undefined,
      supervision: () => self,
    }),
  });
  const caught = async () => (await caughtNotices(store, { limit: 1_000 })).map(({ notice }) => notice).reverse();
  const self: WatchedOffice = {
    ...desk,
    directory,
    get calendar() {
      return calendar.current();
    },
    region: '210500',
    person: (id) => directory.getPerson(id),
    async apply(item, xml = REVIEWED) {
      const bytes = Buffer.from(xml);
      await desk.engine.deploy({ bytes, ...(item && { resources: { item } }) }, DESIGNER);
      const { id } = await desk.engine.startCase(
        {
          definitionKey: 'reviewed',
          number: 'T-1',
          title: '退税',
          applicant: 'applicant-chen',
          department: 'window',
          variables: {},
        },
        DESIGNER,
      );
      return id;
    },
    caught,
    notices: async () => (await caught()).map(({ kind, to }) => `${kind} ${to.name}`),
    async amend(amended) {
      hanging = amended;
      await desk.engine.recountCases({ because: { notice: amended.version, papers: [] } }, DESIGNER);
      await desk.engine.runDueJobs();
    },
    async told(caseId, ...types) {
      const graph = await desk.engine.getGraph((await desk.engine.getCase(caseId)).definitionId);
      return (await store.listEvents(caseId, 0, 1_000))
        .filter(({ type }) => types.includes(type))
        .map((event) =>
          sentenceOfEvent(event, {
            of: (element) => elementWords(graph, element),
            actor: event.actor,
            nameOfDepartment: directory.nameOf,
          }),
        );
    },
    supervision: async (caseId) => supervisionOf(await desk.engine.getCase(caseId)),
  };
  return self;
}

/** Working days pass one by one, and what is due is done. */
export async function until(desk: WatchedOffice, text: string) {
  const end = Date.parse(text);
  while (desk.clock.now() < end) await desk.pass(Math.min(12 * HOUR, end - desk.clock.now()));
}
