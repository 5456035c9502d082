import type { KeptCalendars } from '../processes/calendars/index.ts';

const EVERY_MS = 2_000;

/** Looks for notices that other nodes have loaded. Answers how to stop. */
export function watchCalendars(kept: KeptCalendars, onError: (error: unknown) => void): () => void {
  let failing = false;
  const look = () =>
    kept.refresh().then(
      () => (failing = false),
      (error: unknown) => {
        if (!failing) onError(error); // once, however long it takes
        failing = true;
      },
    );
  const timer = setInterval(() => void look(), EVERY_MS).unref();
  return () => clearInterval(timer);
}
