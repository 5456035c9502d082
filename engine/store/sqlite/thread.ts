import type { Worker } from 'node:worker_threads';
import { startThread } from '../../kernel/thread.ts';
import { closedRejection, unavailableRejection } from '../refusals.ts';
import type { Commit, CommitResult } from '../ports.ts';
import { Channel } from './channel.ts';
import { receiveError } from './errors.ts';
import { JournalState } from './journal-state.ts';
import { Journal } from './journal.ts';
import { LoneCommits } from './lone-commits.ts';
import { journalOf, type Replies, type SessionOptions } from './session.ts';
import type { CLOSE, Hello } from './worker.ts';

/** How a store reaches its session. */
export interface Connection {
  driver: string;
  channel: Channel;
  /** `operation`: the JSON by which the session is told of it. */
  commit: (commit: Commit, operation: string) => Promise<CommitResult>;
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
      else resolve(connectionOf(worker, hello, options, () => failure));
    });
  });
}

function connectionOf(
  worker: Worker,
  hello: Exclude<Hello, { failed: unknown }>,
  { directory, sync }: SessionOptions,
  failure: () => Error | undefined,
): Connection {
  const channel = new Channel((calls) => worker.postMessage(calls));
  const journal = Journal.share(journalOf(directory), new JournalState(hello.journal), sync);
  const lone = new LoneCommits(channel, journal, (number, operation) => worker.postMessage([-number, operation]));
  let closing = false;
  worker.on('message', (replies: Replies) => channel.receive(replies));
  const gone = new Promise<void>((resolve) => {
    worker.once('exit', () => {
      lone.close();
      channel.fail(failure() ?? (closing ? closedRejection() : unavailableRejection('its thread ended')));
      journal.close();
      resolve();
    });
  });
  return {
    driver: hello.driver,
    channel,
    commit: (commit, operation) => lone.commit(commit, operation),
    gone,
    /** Never terminates the thread: a driver that is stopped inside a statement takes the whole process with it. */
    close: () => {
      if (!closing) {
        closing = true;
        lone.close();
        channel.finish();
        worker.postMessage('close' satisfies typeof CLOSE);
      }
      return gone;
    },
  };
}
