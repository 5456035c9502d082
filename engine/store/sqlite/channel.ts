import type { Worker } from 'node:worker_threads';
import { startThread } from '../../kernel/thread.ts';
import { closedRejection, unavailableRejection } from '../refusals.ts';
import { receiveError } from './errors.ts';
import type { Calls, Hello, Replies, WorkerData } from './worker.ts';

interface Waiting {
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
}

/** The way to the store's thread: calls of one turn travel together, answers come back as JSON. */
export class Channel {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #gone: Promise<void>;
  #calls: Calls = [];
  #last = 0;
  #closing: Promise<void> | undefined;
  #failure: Error | undefined;

  private constructor(worker: Worker) {
    this.#worker = worker;
    worker.on('message', (replies: Replies) => this.#receive(replies));
    worker.on('error', (error) => (this.#failure = unavailableRejection(`its thread failed: ${error.message}`)));
    this.#gone = new Promise((resolve) => {
      worker.once('exit', () => {
        this.#failure ??= this.#closing ? closedRejection() : unavailableRejection('its thread ended');
        for (const { reject } of this.#waiting.values()) reject(this.#failure);
        this.#waiting.clear();
        resolve();
      });
    });
  }

  /** Starts the thread and waits until it has opened the store. Resolves when it ends through `gone`. */
  static open(data: WorkerData): Promise<{ channel: Channel; driver: string; gone: Promise<void> }> {
    return new Promise((resolve, reject) => {
      const worker = startThread(import.meta.url, './worker', { workerData: data });
      worker.once('error', reject);
      worker.once('message', (hello: Hello) => {
        worker.off('error', reject);
        if ('failed' in hello) {
          worker.once('exit', () => reject(receiveError(hello.failed)));
          return;
        }
        const channel = new Channel(worker);
        resolve({ channel, driver: hello.driver, gone: channel.#gone });
      });
    });
  }

  call(...operation: unknown[]): Promise<unknown> {
    if (this.#closing) return Promise.reject(closedRejection());
    return this.#post(JSON.stringify(operation));
  }

  /** Never terminates the thread: a driver that is stopped inside a statement takes the whole process with it. */
  close(): Promise<void> {
    this.#closing ??= this.#post('["close"]').then(() => this.#gone);
    return this.#closing;
  }

  #post(operation: string): Promise<unknown> {
    if (this.#failure) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => {
      this.#waiting.set(++this.#last, { resolve, reject });
      if (this.#calls.push(this.#last, operation) === 2) queueMicrotask(() => this.#flush());
    });
  }

  #flush(): void {
    this.#worker.postMessage(this.#calls);
    this.#calls = [];
  }

  #receive(replies: Replies): void {
    for (const [call, answer, error] of replies) {
      const waiting = this.#waiting.get(call);
      this.#waiting.delete(call);
      if (error) waiting?.reject(receiveError(error));
      else waiting?.resolve(answer === undefined ? undefined : JSON.parse(answer));
    }
  }
}
