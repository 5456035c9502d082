import type { Worker } from 'node:worker_threads';
import { startThread } from '../../kernel/thread.ts';
import { closedRejection, unavailableRejection } from '../refusals.ts';
import { Channel } from './channel.ts';
import { receiveError } from './errors.ts';
import type { Replies, SessionOptions } from './session.ts';
import type { CLOSE, Hello } from './worker.ts';

/** How a store reaches its session. */
export interface Connection {
  driver: string;
  channel: Channel;
  /** Resolves when the session has ended. May be called again. */
  close: () => Promise<void>;
  /** Resolves when the session has ended, by `close` or by failure. */
  gone: Promise<void>;
}

/** A session in a thread of its own: disk syncs never hold the event loop. */
export function connectThread(options: SessionOptions): Promise<Connection> {
  return new Promise((resolve, reject) => {
    const worker = startThread(import.meta.url, './worker', { workerData: options });
    let failure: Error | undefined;
    worker.once('error', (error) => {
      failure = unavailableRejection(`its thread failed: ${error.message}`);
    });
    worker.once('exit', () => reject(failure ?? unavailableRejection('its thread ended')));
    worker.once('message', (hello: Hello) => {
      if ('failed' in hello) failure = receiveError(hello.failed);
      else resolve(connectionOf(worker, hello.driver, () => failure));
    });
  });
}

function connectionOf(worker: Worker, driver: string, failure: () => Error | undefined): Connection {
  const channel = new Channel((calls) => worker.postMessage(calls));
  let closing = false;
  worker.on('message', (replies: Replies) => channel.receive(replies));
  const gone = new Promise<void>((resolve) => {
    worker.once('exit', () => {
      channel.fail(failure() ?? (closing ? closedRejection() : unavailableRejection('its thread ended')));
      resolve();
    });
  });
  return {
    driver,
    channel,
    gone,
    /** Never terminates the thread: a driver that is stopped inside a statement takes the whole process with it. */
    close: () => {
      if (!closing) {
        closing = true;
        channel.finish();
        worker.postMessage('close' satisfies typeof CLOSE);
      }
      return gone;
    },
  };
}
