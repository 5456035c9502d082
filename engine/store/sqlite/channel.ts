import { closedRejection } from '../refusals.ts';
import { receiveError } from './errors.ts';
import type { Calls, Replies } from './session.ts';

interface Waiting {
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
}

/** Sends calls to a session, those of one turn together, and hands its answers to the callers. */
export class Channel {
  readonly #waiting = new Map<number, Waiting>();
  readonly #send: (calls: Calls) => void;
  #calls: Calls = [];
  #last = 0;
  #ended: Error | undefined;

  constructor(send: (calls: Calls) => void) {
    this.#send = send;
  }

  /** Calls without an answer yet. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** Takes no more calls. */
  get ended(): boolean {
    return this.#ended !== undefined;
  }

  async call(...operation: unknown[]): Promise<unknown> {
    return this.callText(JSON.stringify(operation));
  }

  /** The same with the JSON of an operation. */
  callText(text: string): Promise<unknown> {
    if (this.#ended) return Promise.reject(this.#ended);
    return new Promise((resolve, reject) => {
      this.#waiting.set(++this.#last, { resolve, reject });
      if (this.#calls.push(this.#last, text) === 2) queueMicrotask(() => this.#flush());
    });
  }

  receive(replies: Replies): void {
    for (const [call, answer, error] of replies) {
      const waiting = this.#waiting.get(call);
      this.#waiting.delete(call);
      if (error) waiting?.reject(receiveError(error));
      else waiting?.resolve(answer === undefined ? undefined : JSON.parse(answer));
    }
  }

  /** Sends what is still here and takes no more calls. */
  finish(): void {
    this.#flush();
    this.#ended = closedRejection();
  }

  /** Nobody will answer any more. */
  fail(error: Error): void {
    this.#ended ??= error;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }

  #flush(): void {
    if (this.#calls.length === 0) return;
    const calls = this.#calls;
    this.#calls = [];
    this.#send(calls);
  }
}
