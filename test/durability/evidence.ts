import type { ChainedEvent } from './chain.ts';
import type { StoreAway } from './store-away.ts';

/** A request and its answer. */
export interface Exchange {
  /** Wall time, ms. */
  readonly sent: number;
  readonly answered: number;
  readonly node: number;
  readonly who: string;
  readonly verb: 'start' | 'claim' | 'complete' | 'history';
  /** Idempotency-Key. */
  readonly key?: string;
  /** Id of the task, or of the case. */
  readonly target?: string;
  /** 0: the node went away before it answered. */
  readonly status: number;
  readonly body?: unknown;
  /** What was filled in with it. */
  readonly data?: Readonly<Record<string, unknown>>;
}

export type HistoryEvent = ChainedEvent;

/** A case at the end, as one node shows it. */
export interface FinalCase {
  readonly id: string;
  readonly status: string;
  readonly tasks: readonly {
    readonly id: string;
    readonly node: string;
    readonly status: string;
    readonly assignee: string | null;
  }[];
  readonly history: readonly HistoryEvent[];
  readonly variables: Readonly<Record<string, unknown>>;
  /** What the server says of the chain of hashes. */
  readonly verified: boolean;
}

/** What every case of the process does. */
export interface Shape {
  readonly tasks: readonly string[];
  /** Elements that are passed exactly once, joins among them. */
  readonly once: readonly string[];
  readonly timers: readonly string[];
  /** Timers that come again and again, at most so many times. */
  readonly repeating?: Readonly<Record<string, number>>;
  /** What nodes do by themselves, and the element that it follows at once. */
  readonly automatic?: Readonly<Record<string, string>>;
  /** The service task that calls the bureau. */
  readonly calling?: string;
}

/** A call that the bureau took. */
export interface Call {
  /** Idempotency-Key: the job, which begins with the case. */
  readonly key: string;
  readonly at: number;
}

/** What else is known of a run, and how strictly it is judged. */
export interface Circumstances {
  readonly storeAway?: readonly StoreAway[];
  readonly calls?: readonly Call[];
  /** No node died or stood still: then nothing outside is done twice either. */
  readonly calm?: boolean;
  /** How long a timer or work of a node's own may wait while nothing goes wrong, ms. */
  readonly lateMs?: number;
  /** When something went wrong or came right: whoever waits begins to wait anew. */
  readonly disturbed?: readonly number[];
  /** How far dates of the history may lie outside the request that they tell of, ms: the clocks of this machine and the store's. */
  readonly offMs?: number;
}

export const succeeded = ({ status }: Exchange) => status >= 200 && status < 300;
