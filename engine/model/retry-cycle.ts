import { parseCycle, parseDuration } from '../time/index.ts';
import type { Retry } from './graph.ts';

/** `R3/PT10M`: three tries, ten minutes apart. `PT1M,PT5M`: three tries after these pauses. Undefined for anything else. */
export function readRetryCycle(text: string): Retry | undefined {
  const source = text.trim();
  if (source.startsWith('R')) {
    const cycle = parseCycle(source);
    if (!cycle || cycle.times === null || cycle.times > 100 || cycle.start !== undefined) return undefined;
    return { tries: cycle.times, pauses: [cycle.every.text] };
  }
  const pauses = source.split(',').map((part) => part.trim());
  if (source === '' || pauses.length > 99 || !pauses.every((part) => parseDuration(part))) return undefined;
  return { tries: pauses.length + 1, pauses };
}
