import { Rejection } from '../../engine/kernel/rejection.ts';
import { isRejection } from '../../engine/kernel/rejection.ts';
import { buildCalendars, daysByLaw, type CalendarFiles, type Loaded } from './build.ts';
import type { Calendars, LoadedBy } from './calendars.ts';
import { noticeInvalid, schemaLines, type NoticeLine } from './notice-lines.ts';
import { doubtsAboutYear } from './notice-doubts.ts';
import { BaseFile, OverlayFile, YearsFile } from './schema.ts';

/** A notice that has been read and fits: the file that is kept, and every calendar there will be with it. */
export interface Notice {
  readonly kind: 'base' | 'overlay';
  readonly file: BaseFile | OverlayFile;
  readonly region: string;
  readonly version: string;
  readonly effective: string;
  /** Where its days come from. */
  readonly papers: readonly string[];
  readonly files: CalendarFiles;
  readonly calendars: Calendars;
}

/**
 * Reads a notice over the files there are: the years of the country's newest notice, a whole calendar of the country, or
 * what a region does differently. A wrong one is refused with a line for each mistake: where it is and what was expected.
 * `calendar.notice_invalid` (details.errors), `calendar.version_exists`, `calendar.not_newer` (details.expected): it would never
 * take effect; `calendar.year_gap` (details.expected): the year before it is not there.
 */
export function readNotice(content: unknown, files: CalendarFiles, loaded: LoadedBy): Notice {
  const read = readFile(content, files);
  const { region, version, effective } = read.file;
  if ([...files.bases, ...files.overlays].some(({ file }) => file.version === version)) throw versionExists(version);
  const newest = newestOf(files, region);
  if (newest !== undefined && effective < newest)
    throw new Rejection('invalid', 'calendar.not_newer', `Expected it to take effect from ${newest} on`, {
      effective,
      expected: newest,
      errors: [
        { pointer: '/effective', code: 'calendar.not_newer', zh: `不得早于 ${newest}`, en: `not before ${newest}` },
      ],
    });
  const added = { file: read.file, loaded };
  const next: CalendarFiles =
    read.kind === 'base'
      ? { ...files, bases: [...files.bases, added as Loaded<BaseFile>] }
      : { ...files, overlays: [...files.overlays, added as Loaded<OverlayFile>] };
  return { ...read, region, version, effective, files: next, calendars: built(next) };
}

type Read = Pick<Notice, 'papers'> & ({ kind: 'base'; file: BaseFile } | { kind: 'overlay'; file: OverlayFile });

function readFile(content: unknown, files: CalendarFiles): Read {
  if (typeof content !== 'object' || content === null || Array.isArray(content))
    throw noticeInvalid([
      { pointer: '', code: 'calendar.notice_invalid', zh: '应为一个 JSON 对象', en: 'expected a JSON object' },
    ]);
  if (!('years' in content)) {
    const file = checked(OverlayFile, content);
    return { kind: 'overlay', file, papers: file.papers };
  }
  if ('coverage' in content) {
    const file = checked(BaseFile, content);
    refuseDoubts(file.years, files);
    return { kind: 'base', file, papers: Object.values(file.years).flatMap(({ papers }) => papers) };
  }
  const notice = checked(YearsFile, content);
  refuseDoubts(notice.years, files);
  return {
    kind: 'base',
    file: withYears(newestBase(files), notice),
    papers: Object.values(notice.years).flatMap(({ papers }) => papers),
  };
}

function checked<S extends typeof BaseFile | typeof OverlayFile | typeof YearsFile>(schema: S, content: unknown) {
  const result = schema.safeParse(content);
  if (result.success) return result.data as ReturnType<S['parse']>;
  throw noticeInvalid(schemaLines(result.error.issues, content));
}

function refuseDoubts(years: YearsFile['years'], { bases }: CalendarFiles): void {
  const everyYear = daysByLaw(bases) ?? {};
  const lines: NoticeLine[] = Object.entries(years).flatMap(([year, days]) =>
    doubtsAboutYear(Number(year), days, everyYear),
  );
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

function newestBase({ bases }: CalendarFiles): BaseFile {
  return [...bases].sort(
    (a, b) => b.file.effective.localeCompare(a.file.effective) || (b.loaded?.at ?? 0) - (a.loaded?.at ?? 0),
  )[0]!.file;
}

function newestOf({ bases, overlays }: CalendarFiles, region: string): string | undefined {
  const days = [...bases, ...overlays].filter(({ file }) => file.region === region).map(({ file }) => file.effective);
  return days.sort().at(-1);
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
