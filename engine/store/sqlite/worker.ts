import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { refusalOf, sendError, type SentError } from './errors.ts';
import { Session, type Calls, type Replies, type SessionOptions } from './session.ts';

/** First message of the thread; after it come replies. */
export type Hello = { driver: string; journal: Int32Array<SharedArrayBuffer> } | { failed: SentError };

export const CLOSE = 'close';

const port = parentPort!;

try {
  const session = new Session(workerData as SessionOptions);
  const take = () => receiveMessageOnPort(port)?.message as Calls | typeof CLOSE | undefined;
  port.on('message', (message: Calls | typeof CLOSE) => {
    let next: Calls | typeof CLOSE | undefined = message;
    const calls: Calls = [];
    // Everything that has arrived meanwhile shares one sync.
    for (; next !== undefined && next !== CLOSE; next = take()) calls.push(...next);
    session.answer(calls, (replies: Replies) => port.postMessage(replies));
    if (next === CLOSE) {
      session.close();
      port.close();
    }
  });
  port.postMessage({ driver: session.driver, journal: session.journal.memory } satisfies Hello);
} catch (error) {
  port.postMessage({ failed: sendError(refusalOf(error)) } satisfies Hello);
}
