import type { JsonObject } from '../../engine/kernel/json.ts';
import type { Commit, Store } from '../../engine/store/ports.ts';
import { CHINA_OFFSET_MS, dayOf, type WorkCalendar } from '../../engine/time/index.ts';
import { buildCalendars, type CalendarFiles } from './build.ts';
import type { Calendars, LoadedBy, RegionCalendar } from './calendars.ts';
import { claimVersion } from './claim-version.ts';
import { readNotice, type Notice } from './notice.ts';
import type { BaseFile, OverlayFile } from './schema.ts';

/** A notice as the store keeps it. Written once, never changed. */
const COLLECTION = 'calendar';

/** The calendars of the product and the notices that were loaded since, as this node knows them. */
export interface KeptCalendars {
  current(): Calendars;
  /** The calendar in force at `now` for a division. */
  inForce(division: string, now: number): RegionCalendar;
  /** Looks for notices that were loaded elsewhere. */
  refresh(): Promise<void>;
  /** Reads a notice without keeping it. Refuses as `readNotice`. */
  draft(content: unknown, loaded: LoadedBy): Notice;
  /** The documents that keep it, to be written with what follows from it. `calendar.version_exists`, `calendar.version_under_way` */
  keep(notice: Notice, loaded: LoadedBy): Promise<NonNullable<Commit['documents']>>;
}

/** Opens them: `shipped` are the files of the product. */
export async function keptCalendars(store: Store, shipped: CalendarFiles): Promise<KeptCalendars> {
  let files = shipped;
  let calendars = buildCalendars(files);
  let known = 0;
  let answer: { of: Calendars; division: string; day: number; calendar: RegionCalendar } | undefined;

  const kept: KeptCalendars = {
    current: () => calendars,
    inForce(division, now) {
      const day = dayOf(now, CHINA_OFFSET_MS);
      if (answer?.of !== calendars || answer.division !== division || answer.day !== day)
        answer = { of: calendars, division, day, calendar: calendars.ofDivision(division, now) };
      return answer.calendar;
    },
    async refresh() {
      const documents = await store.listDocuments(COLLECTION);
      if (documents.length === known) return;
      files = withKept(
        shipped,
        documents.map(({ document }) => document),
      );
      calendars = buildCalendars(files);
      known = documents.length;
    },
    draft: (content, loaded) => readNotice(content, files, loaded),
    async keep({ kind, file, waiting, version }, { at, by }) {
      await claimVersion(store, COLLECTION, version, at);
      return [file, ...waiting].map((each) => {
        const document: JsonObject = { kind, file: each, at, by };
        return { collection: COLLECTION, id: each.version, document };
      });
    },
  };
  await kept.refresh();
  return kept;
}

/** What was loaded stays as it was, also where the product ships a version of that name later. */
function withKept({ bases, overlays }: CalendarFiles, documents: readonly JsonObject[]): CalendarFiles {
  const loaded = documents.map(({ kind, file, at, by }) => ({
    kind,
    file: file as unknown as BaseFile & OverlayFile,
    loaded: { at: at as number, by: by as string },
  }));
  const isLoaded = ({ file }: { file: { version: string } }) =>
    loaded.some((each) => each.file.version === file.version);
  return {
    bases: [...bases.filter((base) => !isLoaded(base)), ...loaded.filter(({ kind }) => kind === 'base')],
    overlays: [...overlays.filter((overlay) => !isLoaded(overlay)), ...loaded.filter(({ kind }) => kind === 'overlay')],
  };
}

/** What the engine asks: the calendar that cases of this division are counted with now. */
export function calendarSource(
  kept: Pick<KeptCalendars, 'inForce' | 'refresh'>,
  division: string,
  now: () => number,
): { current(): WorkCalendar; refresh(): Promise<void> } {
  return { current: () => kept.inForce(division, now()).calendar, refresh: () => kept.refresh() };
}
