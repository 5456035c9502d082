import type { Store } from '../../engine/store/ports.ts';
import { CHINA_OFFSET_MS, dayOf, formatDay } from '../../engine/time/index.ts';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const SHAPE = /^\d{6}-\d{8}-\d{6,}-[0-9A-Z]$/;

/**
 * 办件编号 `region-yyyymmdd-serial-check`: the division (GB/T 2260), the local day, a serial number of that day and a
 * check character over the digits. Never given twice.
 */
export function nextCaseNumber(store: Store, region: string, now: number): Promise<string> {
  return numberOfDay(store, 'case-number', region, now);
}

/** The same form for whatever else is numbered by the day; each `counter` counts by itself. */
export async function numberOfDay(store: Store, counter: string, region: string, now: number): Promise<string> {
  const day = formatDay(dayOf(now, CHINA_OFFSET_MS)).replaceAll('-', '');
  const serial = await store.nextNumber(`${counter}:${day}`);
  const body = `${region}-${day}-${String(serial).padStart(6, '0')}`;
  return `${body}-${checkCharacter(body.replaceAll('-', ''))}`;
}

/** True for a number whose check character fits: catches every single wrong character and nearly every swap. */
export function isCaseNumber(text: string): boolean {
  if (!SHAPE.test(text)) return false;
  return checkCharacter(text.slice(0, -2).replaceAll('-', '')) === text.at(-1);
}

/** ISO/IEC 7064 MOD 37,36 over digits and capital letters. */
export function checkCharacter(text: string): string {
  let product = 36;
  for (const character of text) {
    product = (product + ALPHABET.indexOf(character)) % 36;
    if (product === 0) product = 36;
    product = (product * 2) % 37;
  }
  return ALPHABET[(37 - product) % 36]!;
}
