import { Rejection } from '../../engine/kernel/rejection.ts';
import { CHINA_OFFSET_MS, dayOf, formatDay } from '../../engine/time/index.ts';
import { COUNTRY } from './calendars.ts';

/** A day further ahead is a slip: the notice of a year comes in November of the year before. */
const MOST_DAYS_AHEAD = 366;

interface Effective {
  readonly region: string;
  readonly effective: string;
}

/**
 * The day on which a notice that is loaded `at` takes effect, beside those of the region `there` are: not before the one in
 * force, or it would never be; and not before one that waits where it is `whole`, because that one, whole too, would undo it
 * on its day. `calendar.not_newer`, `calendar.too_far_ahead` (both details.expected)
 */
export function refuseBadDay(
  { region, effective }: Effective,
  there: readonly { readonly file: Effective }[],
  { at, whole }: { at: number; whole: boolean },
): void {
  const today = dayOf(at, CHINA_OFFSET_MS);
  const last = formatDay(today + MOST_DAYS_AHEAD);
  if (effective > last)
    throw refusal('calendar.too_far_ahead', effective, last, `不得晚于 ${last}`, `not after ${last}`);
  const days = there.filter(({ file }) => file.region === region).map(({ file }) => file.effective);
  const inForce = (day: string) => day <= formatDay(today);
  days.sort();
  // before its first version the country is counted with that, a region with what is around it
  const first = whole ? days.at(-1) : (days.findLast(inForce) ?? (region === COUNTRY ? days[0] : undefined));
  if (first !== undefined && effective < first)
    throw refusal('calendar.not_newer', effective, first, `不得早于 ${first}`, `not before ${first}`);
}

function refusal(code: string, effective: string, expected: string, zh: string, en: string): Rejection {
  return new Rejection('invalid', code, `Expected it to take effect ${en}`, {
    effective,
    expected,
    errors: [{ pointer: '/effective', code, zh, en }],
  });
}
