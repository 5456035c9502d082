import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { refusalOf, sendError, type SentError } from './errors.ts';
import { Session, type Calls, type Replies, type SessionOptions } from './session.ts';

/** First message of the thread; after it come replies. */
export type Hello = { driver: string; journal: Int32Array<SharedArrayBuffer> } | { failed: SentError };

export const CLOSE = 'close';

/**
 * A single client comes back at once: waiting for it awake costs less than going to sleep and being woken (measured: a
 * tenth of the time of a lone commit).
 */
const LINGER_MS = 0.2;

const port = parentPort!;

try {
  const session = new Session(workerData as SessionOptions);
  const take = () => receiveMessageOnPort(port)?.message as Calls | typeof CLOSE | undefined;
  port.on('message', (message: Calls | typeof CLOSE) => {
    let next: Calls | typeof CLOSE | undefined = message;
    while (next !== undefined && next !== CLOSE) {
      const calls: Calls = [];
      // Everything that has arrived meanwhile shares one sync.
      for (; next !== undefined && next !== CLOSE; next = take()) calls.push(...next);
      session.answer(calls, (replies: Replies) => port.postMessage(replies));
      for (const until = performance.now() + LINGER_MS; next === undefined && performance.now() < until;) next = take();
    }
    if (next === CLOSE) {
      session.close();
      port.close();
    }
  });
  port.postMessage({ driver: session.driver, journal: session.journal.memory } satisfies Hello);
} catch (error) {
  port.postMessage({ failed: sendError(refusalOf(error)) } satisfies Hello);
}
