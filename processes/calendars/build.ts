import { workCalendar, type CalendarData } from '../../engine/time/index.ts';
import { Calendars, type LoadedBy, type RegionCalendar } from './calendars.ts';
import { overlayInvalid, withOverlay } from './overlay.ts';
import { localDays, type BaseFile, type OverlayFile } from './schema.ts';

/** Checked files, each one version. */
export interface CalendarFiles {
  readonly bases: readonly Loaded<BaseFile>[];
  readonly overlays: readonly Loaded<OverlayFile>[];
}

export interface Loaded<File> {
  readonly file: File;
  /** Who loaded it while the house was open; absent: it was shipped with the product. */
  readonly loaded?: LoadedBy;
}

/**
 * Bases stand by themselves, off on the days that the law fixes also where they are of before those were stated; an overlay
 * lies over every version of the country that it meets. `calendar.invalid`
 */
export function buildCalendars({ bases, overlays }: CalendarFiles): Calendars {
  const everyYear = daysByLaw(bases);
  const newestFirst = [...bases]
    .sort(laterFirst)
    .map((base) => ({ ...base, file: { ...(everyYear && { everyYear }), ...base.file } }));
  return new Calendars([
    ...newestFirst.map(({ file, loaded }) =>
      regionCalendar(file, file, { papers: papersOf(file), demo: false, loaded }),
    ),
    ...[...overlays].sort(laterFirst).flatMap((overlay) => overBases(overlay, newestFirst)),
  ]);
}

/** Of the newest base that states them: one that was loaded before they were stated does not. */
export function daysByLaw(bases: CalendarFiles['bases']): BaseFile['everyYear'] {
  return [...bases].sort(laterFirst).find(({ file }) => file.everyYear)?.file.everyYear;
}

/**
 * In force once both are. `calendar.invalid` where it meets none of them, or names a day that none of them covers, or, in a file,
 * hours of a day that none has worked: of those that were loaded, the product may have replaced the version that did.
 */
function overBases(
  { file: overlay, loaded }: Loaded<OverlayFile>,
  bases: readonly Loaded<BaseFile>[],
): RegionCalendar[] {
  const met = bases.filter(
    ({ file: { coverage } }) => coverage[0] <= overlay.coverage[1] && coverage[1] >= overlay.coverage[0],
  );
  const [beyond] = daysBeyond(overlay, bases);
  if (met.length > 0 && beyond) throw overlayInvalid(overlay, `no calendar of the country covers ${beyond.date}`);
  const [idle] = loaded ? [] : hoursOfRest(overlay, bases);
  if (met.length > 0 && idle) throw overlayInvalid(overlay, `${idle} has office hours, but is no working day`);
  return (met.length > 0 ? met : bases.slice(0, 1)).map((base) => {
    const papers = [...overlay.papers, ...overlay.seasons.flatMap((season) => season.papers), ...papersOf(base.file)];
    const effective = base.file.effective > overlay.effective ? base.file.effective : overlay.effective;
    const about = { ...overlay, effective };
    const latest = [loaded, base.loaded].filter((each) => each !== undefined).sort((a, b) => b.at - a.at)[0];
    return regionCalendar(about, withOverlay(base.file, overlay), {
      papers,
      demo: overlay.demo === true,
      loaded: latest,
    });
  });
}

/** The local days that no version of the country covers, and where the overlay names them. */
export function daysBeyond(overlay: OverlayFile, bases: CalendarFiles['bases']): ReturnType<typeof localDays> {
  const isCovered = (date: string) =>
    bases.some(({ file: { coverage } }) => coverage[0] <= date && date <= coverage[1]);
  return localDays(overlay).filter(({ date }) => !isCovered(date));
}

/** The days with local hours that are not worked: by no version of the country, nor by the overlay. */
export function hoursOfRest(overlay: OverlayFile, bases: CalendarFiles['bases']): string[] {
  const dates = Object.keys(overlay.hours).filter((date) => !overlay.work.includes(date));
  if (dates.length === 0) return [];
  const calendars = bases.map(({ file }) => workCalendar(file));
  return dates.filter((date) => !calendars.some((each) => each.covers(date) && each.isWorkingDay(date)));
}

function regionCalendar(
  { region, title, effective }: Pick<BaseFile, 'region' | 'title' | 'effective'>,
  data: CalendarData,
  { papers, demo, loaded }: Pick<RegionCalendar, 'papers' | 'demo'> & { loaded: LoadedBy | undefined },
): RegionCalendar {
  return { region, title, effective, papers, demo, ...(loaded && { loaded }), data, calendar: workCalendar(data) };
}

function papersOf({ years }: BaseFile): string[] {
  return Object.values(years).flatMap(({ papers }) => papers);
}

/** Of two that take effect on one day, the one that was loaded later; one with an amendment in it in any case after itself without. */
export function laterFirst(a: Loaded<BaseFile | OverlayFile>, b: Loaded<BaseFile | OverlayFile>): number {
  const byDay = b.file.effective.localeCompare(a.file.effective);
  const amends = (one: typeof a, other: typeof a) => one.file.version.startsWith(`${other.file.version}+`);
  return byDay || Number(amends(b, a)) - Number(amends(a, b)) || (b.loaded?.at ?? 0) - (a.loaded?.at ?? 0);
}
