import type { Engine } from '../../engine/index.ts';
import type { Store } from '../../engine/store/ports.ts';
import { listUndelivered } from '../../processes/notices/index.ts';
import type { Metrics } from './metrics.ts';
import type { QueueState } from './readiness.ts';

const PAGE = 500;
/** Beyond this the gauge stands still: a scrape must not walk through everything. */
const MOST_COUNTED = 5_000;

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
  metrics.gauge('onevisit_open_incidents', `Open incidents, counted up to ${MOST_COUNTED}`, () =>
    countPaged(
      (page) => store.listIncidents(page),
      ({ id }) => ({ after: id }),
    ),
  );
  metrics.gauge('onevisit_undelivered_notices', `Notices that did not arrive, counted up to ${MOST_COUNTED}`, () =>
    countPaged(
      (page) => listUndelivered(store, page),
      ({ key }) => ({ before: key }),
    ),
  );
  metrics.gauge('onevisit_sweeper_lag_seconds', 'How long the oldest job that nobody has taken is due', async () => {
    const next = await store.nextJobAt();
    return next === undefined ? 0 : Math.max(0, engine.now() - next) / 1000;
  });
}

/** How many rows a paged list has; `next`: where the page after a row begins. */
async function countPaged<Row, Place extends object>(
  list: (page: Partial<Place> & { limit: number }) => Promise<Row[]>,
  next: (last: Row) => Place,
): Promise<number> {
  let count = 0;
  for (let place: Partial<Place> = {}; count < MOST_COUNTED;) {
    const page = await list({ ...place, limit: PAGE });
    count += page.length;
    if (page.length < PAGE) break;
    place = next(page.at(-1)!);
  }
  return count;
}
