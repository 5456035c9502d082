import { banner } from './banner.ts';
import { startServer } from './compose.ts';
import { readConfig } from './config.ts';

/** Beyond the time that requests and jobs get: for handing back leases and closing the store, ms. */
const LAST_STEPS_MS = 2_000;

try {
  const config = readConfig(process.env);
  const running = await startServer(config);
  console.log(banner(running));
  let stopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1); // asked twice: now
      stopping = true;
      const longest = (config.drainSeconds + config.stopSeconds) * 1_000 + LAST_STEPS_MS;
      setTimeout(() => {
        console.error('The node did not end in time; what it was doing is taken up again by the next one.');
        process.exit(1);
      }, longest).unref();
      running.stop().then(
        () => process.exit(0),
        (error: unknown) => {
          console.error(error);
          process.exit(1);
        },
      );
    });
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
