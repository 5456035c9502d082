import { Rejection } from '../../engine/kernel/rejection.ts';
import { formatDay, dayOf, type CalendarData, type WorkCalendar } from '../../engine/time/index.ts';

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
   * The version in force at `now` (the first there was, before that), or the one named: what was counted with an older one can
   * be counted again. `calendar.unknown`
   */
  get(region: string, now: number, version?: string): RegionCalendar {
    const ofRegion = this.all.filter((each) => each.region === region);
    const found =
      version === undefined
        ? (ofRegion.find(({ effective, calendar }) => effective <= localDate(calendar, now)) ?? ofRegion.at(-1))
        : ofRegion.find(({ calendar }) => calendar.version === version);
    if (found) return found;
    const known = ofRegion.length > 0;
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

  /** The calendar of a division (GB/T 2260): its own, else its city's, its province's, the country's. */
  ofDivision(code: string, now: number): RegionCalendar {
    const around = [code, `${code.slice(0, 4)}00`, `${code.slice(0, 2)}0000`];
    const region = around.find((each) => this.all.some((calendar) => calendar.region === each)) ?? 'cn';
    return this.get(region, now);
  }
}

function localDate(calendar: WorkCalendar, now: number): string {
  return formatDay(dayOf(now, calendar.utcOffsetMs));
}
