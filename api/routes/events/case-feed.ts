import { PassThrough, type Readable } from 'node:stream';
import type { CaseChange } from '../../../engine/index.ts';
import { maySeeCase } from '../../../processes/casework/index.ts';
import { isStaff, type Person } from '../../../processes/directory/index.ts';
import type { House } from '../../house.ts';

const HEARTBEAT_MS = 20_000;
/** A client that reads nothing is cut off here: it polls, or comes back. */
const MAX_BUFFERED_BYTES = 1_000_000;

/**
 * Server-sent events of the cases `viewer` may see, until the client goes away. `returning`: the client had a stream before
 * and missed what happened in between; it is told to look again.
 */
export function caseFeed(house: House, viewer: Person, signal: AbortSignal, returning: boolean): Readable {
  const stream = new PassThrough();
  stream.write('retry: 3000\n\n');
  const seen = new Set<string>();
  const reload = () => write('event: reload\ndata: {}\n\n');
  const stopListening = house.live.listen({
    changed: (change) => void tell(change).catch((error: unknown) => house.log.error({ err: error }, 'event feed')),
    missed: reload,
  });
  // listening first: nothing falls between the reload and the next change
  if (returning) reload();
  const heartbeat = setInterval(() => write(': still here\n\n'), HEARTBEAT_MS);
  heartbeat.unref();
  let over = false;
  const stop = () => {
    if (over) return;
    over = true;
    clearInterval(heartbeat);
    stopListening();
    stream.end();
  };
  signal.addEventListener('abort', stop, { once: true });
  stream.once('close', stop);
  if (signal.aborted) stop(); // the node ends, or the client left while its right was looked at
  return stream;

  async function tell(change: CaseChange): Promise<void> {
    if (!(await maySee(change))) return;
    const data = JSON.stringify({ caseId: change.caseId, rev: change.rev, number: change.case.number });
    write(`id: ${change.caseId}:${change.rev}\nevent: case\ndata: ${data}\n\n`);
  }

  function write(text: string): void {
    if (stream.writableEnded) return;
    if (stream.writableLength > MAX_BUFFERED_BYTES) stop();
    else stream.write(text);
  }

  /** Rights to see a case only grow while it runs, so a yes is remembered. */
  async function maySee({ caseId, case: row, tasks }: CaseChange): Promise<boolean> {
    if (seen.has(caseId) || maySeeCase(viewer, row, tasks)) {
      seen.add(caseId);
      return true;
    }
    if (!isStaff(viewer)) return false;
    const may = maySeeCase(viewer, row, await house.store.listTasksOfCase(caseId));
    if (may) seen.add(caseId);
    return may;
  }
}
