import type { Clock } from '../kernel/clock.ts';
import { HORIZON_MS, type WakeUp } from './wake-up.ts';

/** Hints within one process: one timer, set to the earliest hint. */
export function inProcessWakeUp(clock: Clock): WakeUp {
  let timer: NodeJS.Timeout | undefined;
  let earliest = Infinity;
  let look: (() => void) | undefined;

  const fire = () => {
    timer = undefined;
    earliest = Infinity;
    look?.();
  };
  return {
    description: 'in-process',
    hint(dueAt) {
      const wait = Math.max(0, dueAt - clock.now());
      if (!look || wait > HORIZON_MS || dueAt >= earliest) return;
      clearTimeout(timer);
      earliest = dueAt;
      timer = setTimeout(fire, wait);
    },
    start(listener) {
      look = listener;
    },
    async stop() {
      look = undefined;
      clearTimeout(timer);
    },
  };
}
