import { formatDay, parseDay } from '../../engine/time/index.ts';
import type { OverlayFile } from './schema.ts';

type Span = OverlayFile['coverage'];

/**
 * What a region's notice says of the days that it covers in the place of what was known of them; every other local day stays as it
 * was `before`. It covers both where they join; where a year is missing in between, the later of the two.
 */
export function withLocalDays(before: OverlayFile, notice: OverlayFile): OverlayFile {
  const stays = (date: string): boolean => date < notice.coverage[0] || date > notice.coverage[1];
  const staying = <Value>(byDate: Readonly<Record<string, Value>> = {}) =>
    Object.fromEntries(Object.entries(byDate).filter(([date]) => stays(date)));
  const seasons = before.seasons.flatMap((season) => outside(season, notice.coverage));
  const officeHours = notice.officeHours ?? before.officeHours;
  return {
    ...notice,
    coverage: joined(before.coverage, notice.coverage),
    papers: before.coverage.some(stays) ? [...new Set([...notice.papers, ...before.papers])] : notice.papers,
    off: [...before.off.filter(stays), ...notice.off],
    work: [...before.work.filter(stays), ...notice.work],
    hours: { ...staying(before.hours), ...notice.hours },
    names: { ...staying(before.names), ...notice.names },
    seasons: [...seasons, ...notice.seasons],
    ...(officeHours && { officeHours }),
    ...(before.demo && { demo: before.demo }),
  };
}

function joined(a: Span, b: Span): Span {
  const [first, second] = a[0] <= b[0] ? [a, b] : [b, a];
  return second[0] > dayFrom(first[1], 1) ? second : [first[0], later(first[1], second[1])];
}

/** What of a season lies before and after a span. */
function outside(season: OverlayFile['seasons'][number], [from, to]: Span): OverlayFile['seasons'] {
  return [
    { ...season, to: earlier(season.to, dayFrom(from, -1)) },
    { ...season, from: later(season.from, dayFrom(to, 1)) },
  ].filter((part) => part.from <= part.to);
}

function dayFrom(date: string, days: number): string {
  return formatDay(parseDay(date)! + days);
}

export const later = (a: string, b: string): string => (a > b ? a : b);
export const earlier = (a: string, b: string): string => (a < b ? a : b);
