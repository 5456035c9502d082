import type { JsonObject, JsonValue } from '../kernel/json.ts';
import type { Limit, TimerAnchor } from '../model/graph.ts';

/** Snapshot format. Raise it with every change of shape and keep a fixture of the old one. */
export const STATE_FORMAT = 1;

export type CaseStatus = 'active' | 'completed' | 'terminated' | 'cancelled';

/** A running case as plain JSON. Everything the interpreter knows is here. */
export interface CaseState {
  format: typeof STATE_FORMAT;
  status: CaseStatus;
  /** Last number given to a token or scope. */
  seq: number;
  /** A call activity of another case waits for this one: errors that nobody catches here are the caller's. */
  called?: true;
  scopes: Record<string, Scope>;
  tokens: Record<string, Token>;
  /** Tokens with an armed condition. */
  conditions?: Record<string, true>;
}

/** Where variables live and joins wait: the process, a sub-process, a body that repeats an activity, or one such instance. */
export interface Scope {
  id: string;
  parent?: string;
  /** '' for the process, else the activity that opened it. */
  node: string;
  kind: 'process' | 'subProcess' | 'multi' | 'loop' | 'instance' | 'compensation';
  /** The token outside that waits for this scope to end. */
  owner?: string;
  variables: JsonObject;
  /** Tokens that are alive in this scope, those held at joins not counted. */
  live: number;
  /** Gateway or activity (startQuantity) id -> incoming flow id -> tokens that arrived and wait. */
  joins?: Record<string, Record<string, number>>;
  /** Complex gateways that have fired and wait for the rest: gateway id -> incoming flows that took part. */
  fired?: Record<string, string[]>;
  /** Tokens that listen for the events of event sub-processes; not counted in `live`. */
  listeners?: string[];
  /** An interrupting event sub-process has taken over: no other is triggered any more. */
  interrupted?: true;
  /** Activities that ended in this scope and have something to compensate them, oldest first. */
  compensable?: Completed[];
  /** Compensation under way: what is still to be undone, the last one first, and what is being undone. */
  pending?: Completed[];
  undoing?: Completed;
  /** Compensation under way: the event that threw it waits for its end. */
  awaited?: true;
  /** Ad-hoc sub-process: chosen activities that wait for their turn; `ending`: nothing more can be chosen. */
  adHoc?: { waiting?: string[]; ending?: true };
  /** A transaction that is left by its cancel boundary event as soon as all is compensated. */
  cancelling?: true;
  /** Multi-instance body: how far it is. */
  multi?: {
    total: number;
    started: number;
    completed: number;
    /** Instances that a person took out (modification): neither active nor completed. */
    cancelled?: number;
    items?: JsonValue[];
    outputs?: JsonValue[];
  };
  /** Instance of a multi-instance body (from 0) or of a loop (from 1). */
  index?: number;
}

/** What it takes to compensate an activity: its instance's or its sub-process's own variables, and what was done inside. */
export interface Completed {
  node: string;
  variables?: JsonObject;
  inner?: Completed[];
}

/** `event`: one of several events. `listener`: stands at an event sub-process that has not begun, armed with its start event. */
export type TokenWait =
  | 'task'
  | 'job'
  | 'case'
  | 'message'
  | 'timer'
  | 'signal'
  | 'condition'
  | 'event'
  | 'scope'
  | 'incident'
  | 'listener'
  | 'continue';

/** One token that waits at a node. */
export interface Token {
  id: string;
  node: string;
  scope: string;
  wait: TokenWait;
  /** When it began to wait here (ms). */
  since: number;
  /** Which job or called case of this token is out; raised by each retry of an incident. */
  work?: number;
  /** Save point: whether the element still has to begin or has ended. */
  resume?: 'before' | 'after';
  /** Save point: what the event brought that has happened by then; at a complex gateway: what its conditions see. */
  brought?: JsonObject;
  /** Own variables of the activity (input mappings), seen only inside it. */
  locals?: JsonObject;
  /** User task: who holds it, since when (ms). */
  assignee?: string;
  claimedAt?: number;
  /** How many messages of a throw event are out already. */
  sent?: number;
  /** User task: what its model computes for this case. */
  task?: TaskTerms;
  /** What was armed, by key (armed-key.ts) of the event: the node's own, a boundary event, one behind a gateway. */
  armed?: Record<string, Armed>;
  incident?: Incident;
}

/** Instants in ms. */
export interface TaskTerms {
  groups?: string[];
  users?: string[];
  dueAt?: number;
  followUpAt?: number;
  priority?: number;
}

/** `done`: has happened, while the other triggers of its parallel multiple event have not. */
export type Armed = { done?: true } & (
  | { type: 'timer'; dueAt: number; repeat?: { every: string; left: number | null } }
  /** Counted as limits are. `dueAt` null: the clock stands still; `repeat`: so much time again, `left` times. */
  | { type: 'timer'; dueAt: number | null; term: TimerTerm; repeat?: { every: number; left: number | null } }
  | { type: 'message'; name: string; key: string | null }
  | { type: 'signal'; name: string }
  /** `was`: what the condition gave when it was last judged. */
  | { type: 'condition'; was: boolean }
);

/** So much time from an instant on (ms), or before or after a due date. */
export interface TimerTerm {
  value: number;
  unit: Limit['unit'];
  from?: number;
  anchor?: TimerAnchor;
}

/** Why a token cannot go on, and where to take it up again: `work` repeats the job, `finish` the output mappings. */
export interface Incident {
  code: string;
  message: string;
  phase: 'arrive' | 'activate' | 'throw' | 'condition' | 'leave' | 'work' | 'finish' | 'stuck';
  flow?: string;
  variables?: JsonObject;
  /** The called case is over with this error, which nothing caught: trying again throws it again and calls nothing. */
  error?: { code: string; message: string };
}
