import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { refusalOf, sendError, type SentError } from './errors.ts';
import { Session, type Calls, type Replies, type SessionOptions } from './session.ts';

/** First message of the thread; after it come replies. */
export type Hello = { driver: string } | { failed: SentError };

export const CLOSE = 'close';

const port = parentPort!;

try {
  const session = new Session(workerData as SessionOptions);
  port.on('message', (message: Calls | typeof CLOSE) => {
    const calls: Calls = [];
    let next: Calls | typeof CLOSE | undefined = message;
    // Everything that has arrived meanwhile shares one sync.
    while (next !== undefined && next !== CLOSE) {
      calls.push(...next);
      next = receiveMessageOnPort(port)?.message as Calls | typeof CLOSE | undefined;
    }
    session.answer(calls, (replies: Replies) => port.postMessage(replies));
    if (next === CLOSE) {
      session.close();
      port.close();
    }
  });
  port.postMessage({ driver: session.driver } satisfies Hello);
} catch (error) {
  port.postMessage({ failed: sendError(refusalOf(error)) } satisfies Hello);
}
