import type { Engine } from '../../engine/index.ts';
import type { Store } from '../../engine/store/ports.ts';
import type { Metrics } from './metrics.ts';
import type { QueueState } from './readiness.ts';

const PAGE = 500;
/** Beyond this the gauge stands still: a scrape must not walk through everything. */
const MOST_INCIDENTS = 5_000;

/** What is looked up when the metrics are read. Of the store: the same on every node, so take the maximum, not the sum. */
export function addGauges(
  metrics: Metrics,
  { store, engine, queue }: { store: Store; engine: Engine; queue: () => QueueState },
): void {
  metrics.gauge('onevisit_queue_up', '0 while the configured queue is away, else 1', () => Number(queue() !== 'away'));
  metrics.gauge(
    'onevisit_clock_ahead_seconds',
    'How far the clock of this machine is ahead of the one that the nodes have in common',
    () => (Date.now() - engine.now()) / 1000,
  );
  metrics.gauge('onevisit_open_incidents', `Open incidents, counted up to ${MOST_INCIDENTS}`, () =>
    countIncidents(store),
  );
  metrics.gauge('onevisit_sweeper_lag_seconds', 'How long the oldest job that nobody has taken is due', async () => {
    const next = await store.nextJobAt();
    return next === undefined ? 0 : Math.max(0, engine.now() - next) / 1000;
  });
}

async function countIncidents(store: Store): Promise<number> {
  let count = 0;
  for (let after: string | undefined; count < MOST_INCIDENTS;) {
    const page = await store.listIncidents({ limit: PAGE, ...(after !== undefined && { after }) });
    count += page.length;
    if (page.length < PAGE) break;
    after = page.at(-1)!.id;
  }
  return count;
}
