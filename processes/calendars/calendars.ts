import { Rejection } from '../../engine/kernel/rejection.ts';
import { formatDay, dayOf, type CalendarData, type WorkCalendar } from '../../engine/time/index.ts';

/** The region of the whole country. */
export const COUNTRY = 'cn';

/** Who loaded a notice into the running house, and when (ms). */
export interface LoadedBy {
  readonly at: number;
  readonly by: string;
}

/** One version of one region's calendar, and where it comes from. */
export interface RegionCalendar {
  /** GB/T 2260 division, `cn` for the whole country, or a name of its own. */
  readonly region: string;
  readonly title: { readonly zh: string; readonly en: string };
  /** YYYY-MM-DD: due dates are counted with it from this day on, until a newer one takes over. */
  readonly effective: string;
  /** Notices and papers its days come from. */
  readonly papers: readonly string[];
  /** Made up, for demonstration. */
  readonly demo: boolean;
  /** Absent: it was shipped with the product. */
  readonly loaded?: LoadedBy;
  /** The days it was built from. */
  readonly data: CalendarData;
  readonly calendar: WorkCalendar;
}

/** Every calendar that is loaded. */
export class Calendars {
  readonly all: readonly RegionCalendar[];

  constructor(all: readonly RegionCalendar[]) {
    const ids = all.map(({ region, calendar }) => `${region} ${calendar.version}`);
    const twice = ids.find((id, index) => ids.indexOf(id) !== index);
    if (twice) {
      const reason = `${twice} is there twice`;
      throw new Rejection('invalid', 'calendar.invalid', `Expected calendars, but ${reason}`, { reason });
    }
    this.all = [...all].sort((a, b) => b.effective.localeCompare(a.effective));
  }

  /**
   * The version of a region in force at `now`; while those it has wait for their day, what is in force around it. Or the one
   * named: what was counted with an older one can be counted again. `calendar.unknown`
   */
  get(region: string, now: number, version?: string): RegionCalendar {
    const ofRegion = this.all.filter((each) => each.region === region);
    const known = ofRegion.length > 0;
    if (known && version === undefined) return this.ofDivision(region, now);
    const named = ofRegion.find(({ calendar }) => calendar.version === version);
    if (named) return named;
    throw new Rejection(
      'invalid',
      'calendar.unknown',
      known
        ? `Expected a version of the calendar of '${region}', but there is no '${version}'`
        : `Expected a region with a calendar, but there is no '${region}'`,
      { region, ...(version !== undefined && { version }), field: known ? '/calendar/version' : '/calendar/region' },
    );
  }

  /** The calendar of this version; undefined where it is not loaded any more. */
  ofVersion(version: string): RegionCalendar | undefined {
    return this.all.find(({ calendar }) => calendar.version === version);
  }

  /**
   * The calendar in force at `now` in a division (GB/T 2260): its own, else its city's, its province's, the country's (the first
   * there was, before that).
   */
  ofDivision(code: string, now: number): RegionCalendar {
    const isInForce = ({ effective, calendar }: RegionCalendar) => effective <= localDate(calendar, now);
    for (const region of regionsAround(code)) {
      const found = this.all.find((each) => each.region === region && isInForce(each));
      if (found) return found;
    }
    return this.all.findLast(({ region }) => region === COUNTRY)!;
  }

  /** What a division was ever counted with, newest first: what waits for its day has counted nothing. */
  everOfDivision(code: string, now: number): RegionCalendar[] {
    const regions = regionsAround(code);
    return this.all.filter(
      ({ region, effective, calendar }) => regions.includes(region) && effective <= localDate(calendar, now),
    );
  }
}

/** Where the days of a division may come from, its own first. */
function regionsAround(code: string): string[] {
  return [code, `${code.slice(0, 4)}00`, `${code.slice(0, 2)}0000`, COUNTRY];
}

function localDate(calendar: WorkCalendar, now: number): string {
  return formatDay(dayOf(now, calendar.utcOffsetMs));
}
