import type { JsonObject } from '../kernel/json.ts';
import type { Evaluation, Expression } from '../expressions/expression.ts';
import type { Operation } from './modification/operation.ts';
import type { CaseState, TimerTerm } from './state.ts';

/** What can happen to a case. Tokens are named by their id in the state. */
export type Command =
  | {
      type: 'start';
      variables: JsonObject;
      /** A start that an event triggers (a key of model/starts.ts); the none start event when absent. */ startEvent?: string;
      /** A call activity of another case waits for this one. */ called?: true;
    }
  | { type: 'complete-task'; token: string; variables: JsonObject }
  /** Who was asked has agreed by silence: the task is done with what the model says it then gave. */
  | { type: 'deem-consent'; token: string }
  | { type: 'complete-job'; token: string; variables: JsonObject }
  | { type: 'fail-job'; token: string; code: string; message: string }
  | { type: 'throw-error'; token: string; code: string; message: string; variables: JsonObject }
  | { type: 'fire-timer'; token: string; event: string }
  | { type: 'deliver-message'; token: string; event: string; variables: JsonObject }
  /** To everything in the case that waits for this signal. */
  | { type: 'deliver-signal'; name: string; variables: JsonObject }
  /** Reports of the case that a call activity opened: it ended, it was cancelled or could not be opened, it threw. */
  | { type: 'complete-call'; token: string; work: number; variables: JsonObject; escalations?: Escalation[] }
  | { type: 'escalate-call'; token: string; work: number; escalations: Escalation[] }
  | { type: 'fail-call'; token: string; work: number; code: string; message: string }
  /** `uncaught`: code of the incident where nothing catches it, of an error for which no other case is to be called. */
  | {
      type: 'throw-call-error';
      token: string;
      work: number;
      code: string;
      message: string;
      variables: JsonObject;
      uncaught?: string;
    }
  /** Of an ad-hoc sub-process, named by the token that waits for it: begins activities; lets it end. */
  | { type: 'activate-ad-hoc'; token: string; activities: readonly string[] }
  | { type: 'complete-ad-hoc'; token: string }
  | { type: 'retry'; token: string }
  /** Takes a token on from its save point. */
  | { type: 'continue'; token: string }
  | { type: 'modify'; operations: readonly Operation[]; reason: string }
  /** Variables of the case, from outside its tasks. */
  | { type: 'set-variables'; variables: JsonObject }
  | { type: 'cancel'; reason: string };

/** Everything a step may know besides model, state and command. Same inputs, same bytes out. */
export interface StepContext {
  /** ms since the epoch */
  now: number;
  /** Results of expressions that were evaluated in the worker: `resultKey(expression, variables)` -> result. */
  results?: ReadonlyMap<string, Evaluation>;
  /** Records of data stores that were read: `recordId(store, key)` -> record, null where there is none. */
  records?: ReadonlyMap<string, JsonObject | null>;
  /** Has to be there where a model has timers that count as limits do. */
  times?: Times;
  /** Transitions before the step stops with an incident. Default 10,000. */
  budget?: number;
}

/**
 * When the time comes that a token at this element, since this instant, waits for, as the clocks of its case stand. Null:
 * they stand still. Undefined: there is no such limit. Pure.
 */
export type Times = (term: TimerTerm, at: { node: string; since: number }) => number | null | undefined;

/**
 * What happened, past tense; the driver adds case, sequence, time, actor and hash. `element.completed` carries the
 * sequence flows that were taken in `data.flows`; elements that do not wait have no `element.entered`.
 */
export interface CoreEvent {
  type:
    | 'case.started'
    | 'case.completed'
    | 'case.terminated'
    | 'case.cancelled'
    | 'case.modified'
    | 'case.migrated'
    | 'element.entered'
    | 'element.completed'
    | 'element.cancelled'
    | 'task.deemed'
    | 'timer.armed'
    | 'timer.moved'
    | 'timer.fired'
    | 'message.awaited'
    | 'message.received'
    | 'message.sent'
    | 'signal.awaited'
    | 'signal.caught'
    | 'signal.thrown'
    | 'condition.awaited'
    | 'condition.met'
    | 'condition.failed'
    | 'escalation.thrown'
    | 'escalation.caught'
    | 'error.thrown'
    | 'error.raised'
    | 'ad_hoc.chosen'
    | 'ad_hoc.ending'
    | 'compensation.thrown'
    | 'transaction.cancelled'
    | 'record.written'
    | 'incident.opened'
    | 'incident.resolved'
    | 'variables.set';
  node?: string;
  token?: string;
  data?: JsonObject;
}

/** What a called case escalates to its caller. */
export interface Escalation {
  code: string;
  variables: JsonObject;
}

/** The case that a call activity opens. */
export interface Call {
  /** Key of the process. */
  definition: string;
  /** Newest when null. */
  version: number | null;
  businessKey: string | null;
  /** It carries the number of the calling case. */
  sharesNumber: boolean;
  variables: JsonObject;
}

/**
 * What the outside must do because of the step: the driver turns each into rows of the same commit. `event` is the key
 * under which a token armed something (armed-key.ts).
 */
export type Effect =
  | { type: 'open-task'; token: string; node: string; assignee: string | null }
  | { type: 'close-task'; token: string; outcome: 'completed' | 'cancelled' }
  /** `work` counts the tries a person started: a repeated job is another job. */
  | { type: 'create-job'; token: string; node: string; work: number; topic?: string; retries?: number; sent?: number }
  /** The step ended at a save point: a job takes the token on. */
  | { type: 'create-continuation'; token: string; node: string; work: number }
  | { type: 'remove-job'; token: string; work: number }
  /** `work` counts the cases that this token called: one called again is another case. */
  | { type: 'call-case'; token: string; node: string; work: number; call: Call }
  | { type: 'cancel-call'; token: string; work: number }
  /** Nobody in this case catches the escalation; its caller may. */
  | ({ type: 'raise-escalation' } & Escalation)
  /** This case ends with an error that only its caller can catch. */
  | { type: 'raise-error'; code: string; message: string; variables: JsonObject }
  | { type: 'put-record'; store: string; key: string; record: JsonObject }
  /** Not told of timers whose clock stands still. */
  | { type: 'arm-timer'; token: string; event: string; dueAt: number }
  | { type: 'disarm-timer'; token: string; event: string; dueAt: number }
  | {
      type: 'subscribe';
      token: string;
      event: string;
      kind: 'message' | 'signal';
      name: string;
      key: string | null;
    }
  | { type: 'unsubscribe'; token: string; event: string }
  /** Thrown in this case, which it has reached already: to be handed to the others. */
  | { type: 'broadcast-signal'; name: string; variables: JsonObject }
  | { type: 'open-incident'; token: string; node: string; code: string; message: string }
  | { type: 'resolve-incident'; token: string };

export type StepResult =
  | { done: true; state: CaseState; events: CoreEvent[]; effects: Effect[] }
  /** An expression needs the worker: evaluate it and take the same step again with its result in the context. */
  | { done: false; needs: { key: string; expression: Expression; variables: JsonObject } }
  /** A record of a data store is needed: read it and take the same step again with it in the context. */
  | { done: false; record: { store: string; key: string } };

/** What a record is called among all data stores. */
export function recordId(store: string, key: string): string {
  return JSON.stringify([store, key]);
}
