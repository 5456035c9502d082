import type { ChainedEvent } from './chain.ts';
import type { Operation } from './operations.ts';
import type { Lists, ShownClock, ShownSupervision } from './shown.ts';
import type { StoreAway } from './store-away.ts';

/** A request and its answer. */
export interface Exchange {
  /** Wall time, ms. */
  readonly sent: number;
  readonly answered: number;
  readonly node: number;
  readonly who: string;
  /** `fetch` and `report`: what an external worker asks for, and what it says it has done. */
  readonly verb:
    | 'start'
    | 'claim'
    | 'unclaim'
    | 'complete'
    | 'history'
    | 'message'
    | 'signal'
    | 'fetch'
    | 'report'
    | 'upload'
    | 'publish'
    | 'calendar'
    | Operation;
  /** Idempotency-Key. */
  readonly key?: string;
  /** Id of the task, of the job, of the case, of the public reason; number of the order. */
  readonly target?: string;
  /** 0: the node went away before it answered. */
  readonly status: number;
  readonly body?: unknown;
  /** What was filled in or sent with it. */
  readonly data?: Readonly<Record<string, unknown>>;
  /** Of a report: the number that the job was handed out with. */
  readonly fence?: number;
}

/** The events of what people do with a task. */
export const TASK_EVENTS = { claim: 'task.claimed', unclaim: 'task.unclaimed', complete: 'task.completed' } as const;

export const isTaskVerb = (verb: string): verb is keyof typeof TASK_EVENTS => Object.hasOwn(TASK_EVENTS, verb);

/** A job in the answer to a fetch. */
export interface HandedOut {
  readonly id: string;
  readonly fence: number;
  /** ISO 8601. */
  readonly leaseUntil: string;
}

export type HistoryEvent = ChainedEvent;

/** A case at the end, as one node shows it. */
export interface FinalCase {
  readonly id: string;
  /** Key of its process. */
  readonly process: string;
  /** The case that called it. */
  readonly parent: string | null;
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
  /** Of its process, as its page shows it. */
  readonly version?: number;
  /** As its page shows it; null: it has none. */
  readonly clock?: ShownClock | null;
  /** Of cases that anybody supervised. */
  readonly supervision?: ShownSupervision | undefined;
}

/** What every case of the process does. */
export interface Shape {
  /** Completed when absent. */
  readonly ends?: 'completed' | 'cancelled';
  readonly tasks: readonly string[];
  /** Elements that are passed exactly once, joins among them. */
  readonly once: readonly string[];
  readonly timers: readonly string[];
  /** Tasks one after the other, from the start to the end, between which people move the case by hand. */
  readonly line?: readonly string[];
  /** Ad-hoc sub-processes, and the tasks in each that may be chosen. */
  readonly choices?: Readonly<Record<string, readonly string[]>>;
  /** Timers that come again and again, at most so many times, until their task is completed. */
  readonly repeating?: Readonly<Record<string, { readonly of: string; readonly most: number }>>;
  /** What nodes do by themselves, and the element that it follows at once. */
  readonly automatic?: Readonly<Record<string, string>>;
  /** The service task that calls the bureau. */
  readonly calling?: string;
  /** Call activities, and the process that each opens a case of. */
  readonly opens?: Readonly<Record<string, string>>;
  /** Where a message is caught, once, and the variable by which each message is known. */
  readonly messages?: Readonly<Record<string, string>>;
  /** Where signals are caught, each time anew, and the variable by which each signal is known. */
  readonly signals?: Readonly<Record<string, string>>;
  /**
   * Which work reads a record, into which variable, and which task puts down there what is filled in. Cases whose
   * `application` begins alike share the record.
   */
  readonly records?: { readonly readBy: string; readonly into: string; readonly putBy: string };
}

/** By key of the process. */
export type Shapes = Readonly<Record<string, Shape>>;

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
  readonly lists?: Lists;
  /** No node died or stood still: then nothing outside is done twice either. */
  readonly calm?: boolean;
  /** How long a timer or work of a node's own may wait while nothing goes wrong, ms. */
  readonly lateMs?: number;
  /** When something went wrong or came right: whoever waits begins to wait anew. */
  readonly disturbed?: readonly number[];
  /** How far dates of the history may lie outside the request that they tell of, ms: the clocks of this machine and the store's. */
  readonly offMs?: number;
}

export const eventsOf = ({ history }: FinalCase, type: string, element: string): HistoryEvent[] =>
  history.filter((event) => event.type === type && event.node?.id === element);

/** The id of a job begins with that of its case. */
export const caseOfJob = (job: string): string => job.split('.', 1)[0]!;

export const succeeded = ({ status }: Exchange) => status >= 200 && status < 300;
