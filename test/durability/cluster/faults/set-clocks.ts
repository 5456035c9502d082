import { pause, type Fault } from './fault.ts';

/** Somebody sets the clocks of machines that are wrong already, by as much again (prepare.mjs). */
export function setClocks(...victims: readonly number[]): Fault {
  return async ({ nodes }) => {
    for (const victim of victims) nodes[victim]!.signal('SIGUSR2');
    await pause(3_000);
    return `clocks of ${victims.length} nodes set again`;
  };
}
