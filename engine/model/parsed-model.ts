import type { Source } from './source.ts';

/**
 * What a BPMN file says, read but not judged: plain data, so that it can come from another thread. Lint rules judge it,
 * `compile` makes the graph of it.
 */
export interface ParsedModel {
  readonly problems: readonly Problem[];
  /** Where the file has other prefixes than we for the vocabularies we know (`readPrefixes`). */
  readonly prefixes?: Readonly<Record<string, string>>;
  readonly processes: readonly { readonly id: string; readonly name: string; readonly executable?: boolean }[];
  /** All that run: each becomes a definition of its own. */
  readonly executables: readonly ParsedProcess[];
  /** The one that is looked at; the first, unless another is put here (`modelOf`). */
  readonly process?: ParsedProcess;
  /** Of other files, published before: what call activities with a fixed name call, by `nameOfCall`. */
  readonly published?: ReadonlyMap<string, ParsedProcess>;
}

/** What the parser could not take. `line` counts from 1. */
export type Problem =
  | {
      readonly type: 'unknown-element';
      readonly tag: string;
      readonly prefix: string;
      readonly element: string;
      readonly line: number;
    }
  | { readonly type: 'unknown-attribute'; readonly name: string; readonly element: string }
  /** Known to another engine; without effect or refused here (moddle/*-treatments.ts). */
  | { readonly type: 'foreign'; readonly name: string; readonly element: string }
  | { readonly type: 'ignored-content'; readonly name: string; readonly element: string }
  /** Of ours, written and left empty. */
  | { readonly type: 'blank-attribute'; readonly name: string; readonly element: string }
  | { readonly type: 'duplicate-id'; readonly element: string; readonly line: number }
  | { readonly type: 'dangling-reference'; readonly element: string; readonly property: string; readonly value: string }
  | { readonly type: 'unreadable'; readonly text: string; readonly element: string; readonly line: number };

export interface ParsedProcess extends ParsedLimits {
  readonly id: string;
  readonly name: string;
  readonly department?: string;
  /** As written. */
  readonly joint?: string;
  /** Of the acceptance review and of delivery, as written; the law has their statutory limits. */
  readonly acceptance?: ParsedLimits;
  readonly delivery?: ParsedLimits;
  /** Ids of elements that the item limits and that are not here. */
  readonly strangers?: readonly string[];
  readonly nodes: readonly ParsedNode[];
  readonly flows: readonly ParsedFlow[];
}

export interface ParsedFlow {
  readonly id: string;
  readonly name: string;
  readonly scope: string;
  /** Absent: the reference leads nowhere. */
  readonly source?: string;
  readonly target?: string;
  readonly condition?: Source;
  /** `language` of the condition, where stated. */
  readonly language?: string;
  /** `ov:milestone`, as written. */
  readonly milestone?: string;
}

export interface ParsedNode extends ParsedLimits {
  /** '' where the file gives none. */
  readonly id: string;
  /** The BPMN element: `userTask`, `callActivity` … */
  readonly type: string;
  readonly name: string;
  /** '' for the process, else the id of the sub-process around it. */
  readonly scope: string;
  readonly default?: string;
  readonly attachedTo?: string;
  /** Reached only by compensation. */
  readonly isForCompensation?: true;
  /** Compensation boundary event: ids of the activities for compensation that associations lead to. */
  readonly handlers?: readonly string[];
  /** An event sub-process. */
  readonly triggeredByEvent?: true;
  readonly adHoc?: ParsedAdHoc;
  /** Complex gateway: activationCondition. */
  readonly activation?: Source;
  /** Boundary and start events. */
  readonly interrupting: boolean;
  readonly events: readonly ParsedEvent[];
  /** Receive tasks and event-based gateways that begin a case. */
  readonly instantiate?: true;
  /** Event-based gateways: `eventGatewayType="Parallel"`. */
  readonly parallel?: true;
  /** Catching events with several definitions: all of them have to happen. */
  readonly parallelMultiple?: true;
  readonly loop?: ParsedLoop;
  /** Of activities, where they say so; as written. */
  readonly startQuantity?: string;
  readonly completionQuantity?: string;
  readonly savePoints?: ParsedSavePoints;
  /** `R3/PT10M`, or a list of durations. */
  readonly retryCycle?: string;
  readonly inputs: readonly ParsedMapping[];
  readonly outputs: readonly ParsedMapping[];
  readonly script?: ParsedScript;
  /** Records of data stores. */
  readonly data?: { readonly reads: readonly ParsedRecord[]; readonly writes: readonly ParsedRecord[] };
  readonly work?: ParsedWork;
  readonly call?: ParsedCall;
  /** Receive and send tasks. */
  readonly message?: ParsedMessage;
  readonly assignment?: ParsedAssignment;
  readonly overdue?: ParsedOverdue;
  readonly form?: string;
  readonly initiator?: string;
  /** `ov:milestone` and, on user tasks, `ov:supplement`, as written. */
  readonly milestone?: string;
  readonly supplement?: string;
}

export type ParsedEvent =
  | { readonly type: 'terminate' }
  | { readonly type: 'message'; readonly message?: ParsedMessage }
  | {
      readonly type: 'timer';
      readonly timers: readonly { readonly kind: 'date' | 'duration' | 'cycle'; readonly value: Source }[];
      readonly clock?: ParsedClockTimer;
    }
  | {
      readonly type: 'error';
      readonly declared: boolean;
      readonly code?: string;
      readonly codeVariable?: string;
      readonly messageVariable?: string;
    }
  /** `name` is absent where no signal is referred to. */
  | { readonly type: 'signal'; readonly name?: string }
  | { readonly type: 'escalation'; readonly declared: boolean; readonly code?: string; readonly codeVariable?: string }
  | { readonly type: 'conditional'; readonly condition?: Source; readonly language?: string }
  | { readonly type: 'link'; readonly name: string }
  /** `activity`: id of what is to be compensated; everything in the scope when absent. */
  | { readonly type: 'compensate'; readonly activity?: string; readonly wait: boolean }
  | { readonly type: 'cancel' }
  | { readonly type: 'other'; readonly name: string };

/** A timer in working time (`ov:`), each part as written. */
export interface ParsedClockTimer {
  readonly value?: Source;
  readonly unit?: string;
  readonly before?: string;
  readonly after?: string;
  readonly of?: string;
  readonly times?: string;
}

export interface ParsedMessage {
  readonly name: string;
  readonly key?: Source;
  /** How long it is kept for those who wait later. */
  readonly timeToLive?: Source;
}

/** What a multi-instance activity throws when an instance has ended: each time, the first time, or when a condition is true. */
export interface ParsedInstanceEvent {
  readonly when: 'each' | 'first' | 'condition';
  readonly condition?: Source;
  readonly events: readonly ParsedEvent[];
}

export interface ParsedAdHoc {
  readonly sequential: boolean;
  readonly completion?: Source;
  readonly cancelRemaining: boolean;
  /** Ids of the activities to begin with. */
  readonly begin?: Source;
}

export type ParsedLoop =
  | {
      readonly type: 'standard';
      readonly testBefore: boolean;
      readonly condition?: Source;
      readonly maximum?: string;
    }
  | {
      readonly type: 'multiInstance';
      readonly sequential: boolean;
      readonly cardinality?: Source;
      readonly collection?: Source;
      readonly elementVariable?: string;
      readonly completion?: Source;
      readonly outputCollection?: string;
      readonly outputElement?: Source;
      readonly throws?: readonly ParsedInstanceEvent[];
    };

/** asyncBefore, asyncAfter; of an activity that is repeated also those of each instance. */
export interface ParsedSavePoints {
  readonly before?: true;
  readonly after?: true;
  readonly eachBefore?: true;
  readonly eachAfter?: true;
}

export interface ParsedMapping {
  readonly target: string;
  readonly source: Source;
}

/** A record of a data store that an element reads or writes. */
export interface ParsedRecord {
  /** Name of the store. */
  readonly store: string;
  /** Under which the element sees it. */
  readonly variable: string;
  /** Absent: the file names no record. */
  readonly key?: Source;
  /** What is written. */
  readonly value: Source;
}

export interface ParsedScript {
  /** `scriptFormat`, where the element carries a script. */
  readonly format?: string;
  readonly expression: Source;
  readonly result?: string;
}

export interface ParsedWork {
  readonly topic?: Source;
  readonly retries?: Source;
  readonly headers?: Readonly<Record<string, string>>;
  readonly http?: { readonly method: string; readonly url?: Source; readonly body?: Source; readonly result?: string };
}

/** What a call activity calls. */
export interface ParsedCall {
  /** Absent: the file names nothing. */
  readonly definition?: Source;
  readonly version?: Source;
  /** How the version is chosen, as written; `latest` where nothing is. */
  readonly binding: string;
  readonly businessKey?: Source | 'caller';
  readonly passes: 'all' | 'local' | 'none';
  readonly inputs: readonly ParsedMapping[];
  readonly returnsAll: boolean;
  readonly outputs: readonly ParsedMapping[];
  readonly localOutputs: readonly ParsedMapping[];
}

export interface ParsedAssignment {
  readonly assignee?: Source;
  readonly candidateGroups: readonly string[];
  readonly candidateUsers: readonly string[];
  /** Candidates that have to be computed. */
  readonly groups?: Source;
  readonly users?: Source;
  readonly dueDate?: Source;
  readonly followUpDate?: Source;
  readonly priority?: Source;
}

/** What happens by itself once the due date of a task has passed, as written. */
export interface ParsedOverdue {
  readonly does?: string;
  readonly basis?: string;
  readonly result?: Source;
}

/** What is said about the time of the whole case or of a step. */
export interface ParsedLimits {
  readonly limit?: ParsedLimit;
  readonly statutory?: ParsedLimit;
  readonly startRule?: string;
  readonly warning?: string;
}

export interface ParsedLimit {
  readonly value?: string;
  readonly unit?: string;
  readonly basis?: string;
}

/** The process that a call activity calls, and its version where not the newest; undefined where only the case tells. */
export function fixedCall({ call }: ParsedNode): { readonly key: string; readonly version?: number } | undefined {
  if (!call?.definition || !('literal' in call.definition)) return undefined;
  const key = call.definition.literal;
  if (!call.version) return { key };
  const version = 'literal' in call.version ? Number(call.version.literal) : NaN;
  return Number.isInteger(version) ? { key, version } : undefined;
}

/** What a call activity calls, where that is fixed and known: a process of the same file, else a published one. */
export function calledBy({ executables, published }: ParsedModel, node: ParsedNode): ParsedProcess | undefined {
  const call = fixedCall(node);
  if (!call) return undefined;
  const own = call.version === undefined ? executables.find(({ id }) => id === call.key) : undefined;
  return own ?? published?.get(nameOfCall(call));
}

/** `key`, or `key:version` */
export function nameOfCall({ key, version }: { readonly key: string; readonly version?: number }): string {
  return version === undefined ? key : `${key}:${version}`;
}

/** The model as the process with this key sees it. Undefined where no process that runs has the key. */
export function modelOf(model: ParsedModel, key: string): ParsedModel | undefined {
  const process = model.executables.find(({ id }) => id === key);
  return process && { ...model, process };
}
