import { childOf, childrenOf, textOf, type Element } from './element.ts';

const PHASES = ['acceptance', 'delivery'].flatMap((phase) => [phase, `${phase}StartRule`, `${phase}Yellow`]);
const LIMITS = ['promise', 'unit', 'statutory', 'statutoryUnit', 'startRule', 'yellow', 'joint', 'supplement'];
const TIMERS = ['value', 'before', 'after', 'of', 'times', 'timeToLive'];
const NAMES: ReadonlySet<string> = new Set([...LIMITS, ...PHASES, ...TIMERS, 'retries', 'version']);

/** What of limits, timers and tries is written at an element and left blank: read as if it were not there at all. */
export function blankAttributes(element: Element): string[] {
  const holders = [element, ...childrenOf(element, 'eventDefinitions')];
  const messages = holders.flatMap((holder) => childOf(holder, 'messageRef') ?? []);
  return [...holders, ...messages].flatMap((holder) =>
    // the keys are what is written: to ask for each name takes as long as reading the file
    Object.keys(holder)
      .filter((name) => NAMES.has(name))
      .map((name) => `ov:${name}`)
      .filter((name) => typeof holder.get(name) === 'string' && textOf(holder, name) === undefined),
  );
}
