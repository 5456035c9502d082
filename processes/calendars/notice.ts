import { isDeepStrictEqual } from 'node:util';
import { isRejection, Rejection } from '../../engine/kernel/rejection.ts';
import { buildCalendars, daysByLaw, laterFirst, type CalendarFiles, type Loaded } from './build.ts';
import type { Calendars, LoadedBy, RegionCalendar } from './calendars.ts';
import { refuseBadDay } from './effective-day.ts';
import { withLocalDays } from './local-days.ts';
import { noticeInvalid, schemaLines, type NoticeLine } from './notice-lines.ts';
import { doubtsAboutLocalDays, doubtsAboutWhole, doubtsAboutYear } from './notice-doubts.ts';
import { BaseFile, OverlayFile, YearsFile } from './schema.ts';

/** A notice that has been read and fits: the file that is kept, and every calendar there will be with it. */
export interface Notice {
  readonly kind: 'base' | 'overlay';
  readonly file: BaseFile | OverlayFile;
  /** Versions that wait for a later day, with the days of this notice in them: kept with it, in their place. */
  readonly waiting: readonly (BaseFile | OverlayFile)[];
  readonly region: string;
  readonly version: string;
  /** YYYY-MM-DD: due dates are counted with it from this day on. */
  readonly effective: string;
  /** Where its days come from. */
  readonly papers: readonly string[];
  readonly files: CalendarFiles;
  readonly calendars: Calendars;
}

/**
 * Reads a notice over the files there are: years that are put into the country's calendar of the day on which they take effect,
 * and into what waits for a later day; a whole calendar of the country; or what a region does differently, which is put into
 * the calendars of that region in the same way. A wrong one is refused with a line for each mistake: where it is and what was
 * expected. `calendar.notice_invalid` (details.errors), `calendar.version_exists`, `calendar.year_gap` (details.expected): the
 * year before it is not there; and as `refuseBadDay`
 */
export function readNotice(content: unknown, files: CalendarFiles, loaded: LoadedBy): Notice {
  const read = readFile(content, files, loaded);
  const { region, version } = read.file;
  if ([...files.bases, ...files.overlays].some(({ file }) => file.version === version)) throw versionExists(version);
  const next: CalendarFiles =
    read.kind === 'base'
      ? { ...files, bases: [...files.bases, ...[read.file, ...read.waiting].map((file) => ({ file, loaded }))] }
      : { ...files, overlays: [...files.overlays, ...[read.file, ...read.waiting].map((file) => ({ file, loaded }))] };
  const calendars = built(next);
  return { ...read, region, version, effective: firstDay(read.file, calendars), files: next, calendars };
}

/** From when on it is counted with: local days of a year that waits for the notice of the country not before that. */
function firstDay({ region, version }: BaseFile | OverlayFile, { all }: Calendars): string {
  const ofVersion = ({ calendar }: RegionCalendar) =>
    calendar.version === version || calendar.version.startsWith(`${version}+`);
  return all.findLast((each) => each.region === region && ofVersion(each))!.effective;
}

type Read = Pick<Notice, 'papers'> &
  (
    | { kind: 'base'; file: BaseFile; waiting: readonly BaseFile[] }
    | { kind: 'overlay'; file: OverlayFile; waiting: readonly OverlayFile[] }
  );

function readFile(content: unknown, files: CalendarFiles, { at }: LoadedBy): Read {
  if (typeof content !== 'object' || content === null || Array.isArray(content))
    throw noticeInvalid([
      { pointer: '', code: 'calendar.notice_invalid', zh: '应为一个 JSON 对象', en: 'expected a JSON object' },
    ]);
  if (!('years' in content)) {
    const notice = checked(OverlayFile, content);
    refuseBadDay(notice, files.overlays, { at, whole: false });
    const doubts = doubtsAboutLocalDays(notice, files.bases);
    if (doubts.length > 0) throw noticeInvalid(doubts);
    const ofRegion = files.overlays.filter(({ file }) => file.region === notice.region);
    const { before, waiting } = aroundDay(ofRegion, notice.effective);
    // usual hours are of no day in particular: they go on until others take effect
    const others = waiting.findIndex(({ officeHours }) => !isDeepStrictEqual(officeHours, before?.officeHours));
    const hoursUntil = others < 0 ? waiting.length : others;
    return {
      kind: 'overlay',
      file: before ? withLocalDays(before, notice) : notice,
      waiting: waiting.map((file, index) => ({
        ...withLocalDays(file, index < hoursUntil ? notice : withoutHours(notice)),
        title: file.title,
        version: `${file.version}+${notice.version}`,
        effective: file.effective,
      })),
      papers: notice.papers,
    };
  }
  if ('coverage' in content) {
    const file = checked(BaseFile, content);
    refuseBadDay(file, files.bases, { at, whole: true });
    refuseDoubts(file.years, files, doubtsAboutWhole(file, newest(files.bases)!));
    return { kind: 'base', file, waiting: [], papers: papersOf(file) };
  }
  const notice = checked(YearsFile, content);
  refuseBadDay(notice, files.bases, { at, whole: false });
  refuseDoubts(notice.years, files);
  const { before, waiting } = aroundDay(files.bases, notice.effective);
  return {
    kind: 'base',
    file: withYears(before!, notice),
    waiting: waiting.map((base) =>
      withYears(base, { ...notice, version: `${base.version}+${notice.version}`, effective: base.effective }),
    ),
    papers: papersOf(notice),
  };
}

function withoutHours({ officeHours: _, ...days }: OverlayFile): OverlayFile {
  return days;
}

function papersOf({ years }: Pick<YearsFile, 'years'>): string[] {
  return Object.values(years).flatMap(({ papers }) => papers);
}

function checked<S extends typeof BaseFile | typeof OverlayFile | typeof YearsFile>(schema: S, content: unknown) {
  const result = schema.safeParse(content);
  if (result.success) return result.data as ReturnType<S['parse']>;
  throw noticeInvalid(schemaLines(result.error.issues, content));
}

/** `more`: doubts beside those about its years. */
function refuseDoubts(years: YearsFile['years'], { bases }: CalendarFiles, more: readonly NoticeLine[] = []): void {
  const everyYear = daysByLaw(bases) ?? {};
  const ofYears = Object.entries(years).flatMap(([year, days]) => doubtsAboutYear(Number(year), days, everyYear));
  const lines = [...more, ...ofYears];
  if (lines.length > 0) throw noticeInvalid(lines);
}

/** The years of the notice in the place of what was known of them. */
function withYears(base: BaseFile, { version, effective, years }: YearsFile): BaseFile {
  let last = Number(base.coverage[1].slice(0, 4));
  for (const year of Object.keys(years)
    .map(Number)
    .sort((a, b) => a - b)) {
    if (year > last + 1)
      throw new Rejection('invalid', 'calendar.year_gap', `Expected the notice of ${last + 1}, but it is of ${year}`, {
        year,
        expected: last + 1,
      });
    last = Math.max(last, year);
  }
  const to = `${last}-12-31`;
  return {
    ...base,
    version,
    effective,
    source: `notice ${version}; every other year from ${base.version}`,
    coverage: [base.coverage[0], to > base.coverage[1] ? to : base.coverage[1]],
    years: { ...base.years, ...years },
  };
}

/**
 * The version in force on a day, undefined before the first; and of each later day on which some take effect, the one that
 * does, in their order.
 */
function aroundDay<File extends BaseFile | OverlayFile>(versions: readonly Loaded<File>[], day: string) {
  const isLater = ({ file }: Loaded<File>) => file.effective > day;
  const later = versions.filter(isLater);
  const days = [...new Set(later.map(({ file }) => file.effective))].sort();
  return {
    before: newest(versions.filter((each) => !isLater(each))),
    waiting: days.map((each) => newest(later.filter(({ file }) => file.effective === each))!),
  };
}

function newest<File extends BaseFile | OverlayFile>(versions: readonly Loaded<File>[]): File | undefined {
  return [...versions].sort(laterFirst)[0]?.file;
}

/** What contradicts itself in a way that only building the calendar finds out is refused like the rest. */
function built(files: CalendarFiles): Calendars {
  try {
    return buildCalendars(files);
  } catch (error) {
    if (!isRejection(error, 'calendar.invalid')) throw error;
    const reason = error.details.reason as string;
    throw noticeInvalid([{ pointer: '', code: 'calendar.invalid', zh: `内容自相矛盾：${reason}`, en: reason }]);
  }
}

export function versionExists(version: string): Rejection {
  return new Rejection('conflict', 'calendar.version_exists', `Expected a new version, but '${version}' exists`, {
    version,
  });
}
