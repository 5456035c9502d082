import type { Expression } from '../expressions/expression.ts';

/** What the interpreter runs: a checked, compiled, immutable picture of one executable process. */
export interface ProcessGraph extends Limits {
  /** The BPMN process id; the definition's key. */
  readonly key: string;
  readonly name: string;
  readonly nodes: Readonly<Record<string, Node>>;
  readonly flows: Readonly<Record<string, Flow>>;
  /** Where a scope begins (`entriesOf`): key '' is the process itself, else the id of an embedded sub-process. */
  readonly entries: Readonly<Record<string, readonly string[]>>;
  /** Event sub-processes by the scope they stand in (keys as in `entries`); only scopes that have some. */
  readonly eventSubProcesses: Readonly<Record<string, readonly string[]>>;
  /** Lead department of its cases where none is given. */
  readonly department?: string;
  /** Whether several departments handle a case jointly, where the model says so. */
  readonly joint?: boolean;
  /** Where the model names milestones: the limits beside that of handling. */
  readonly phases?: PhaseLimits;
  /** For each inclusive or complex join: incoming flow id -> ids of nodes from which that flow can be reached without passing the join. */
  readonly upstream: Readonly<Record<string, Readonly<Record<string, ReadonlySet<string>>>>>;
}

export type NodeKind =
  | 'startEvent'
  | 'endEvent'
  | 'intermediateCatchEvent'
  | 'intermediateThrowEvent'
  | 'boundaryEvent'
  | 'task'
  | 'userTask'
  | 'manualTask'
  | 'serviceTask'
  | 'sendTask'
  | 'receiveTask'
  | 'scriptTask'
  | 'businessRuleTask'
  | 'exclusiveGateway'
  | 'parallelGateway'
  | 'inclusiveGateway'
  | 'eventBasedGateway'
  | 'complexGateway'
  | 'subProcess'
  | 'adHocSubProcess'
  | 'callActivity'
  | 'transaction';

export interface Node extends Limits {
  readonly id: string;
  readonly kind: NodeKind;
  readonly name: string;
  /** '' for the process, else the id of the enclosing sub-process. */
  readonly scope: string;
  readonly incoming: readonly string[];
  readonly outgoing: readonly string[];
  readonly defaultFlow?: string;
  /** Boundary events attached to this activity, in document order. */
  readonly boundary: readonly string[];
  /** What an event waits for or does; tasks that receive carry a message trigger. */
  readonly trigger?: Trigger;
  /** Multiple events: everything they wait for or do, in document order; `trigger` is absent then. */
  readonly triggers?: readonly Trigger[];
  /** Parallel multiple events: all of the triggers have to happen. */
  readonly parallelMultiple?: true;
  /** Receive tasks and event-based gateways that begin a case: at the first event, or waiting for all of them. */
  readonly instantiate?: 'exclusive' | 'parallel';
  readonly adHoc?: AdHoc;
  /** Complex gateway: whether the tokens that have arrived are enough. */
  readonly activation?: Expression;
  /** Boundary event: the activity it is attached to. */
  readonly attachedTo?: string;
  /** Boundary events, and start events of event sub-processes: false lets the activity or scope go on. */
  readonly interrupting?: boolean;
  /** The activity that undoes this one: the handler of its compensation boundary event. */
  readonly compensation?: string;
  /** An event sub-process: its start event begins it, no flow leads there. */
  readonly triggeredByEvent?: true;
  readonly multi?: MultiInstance;
  readonly loop?: StandardLoop;
  /** Tokens that have to arrive before the activity begins, and tokens it sends out; absent: 1. */
  readonly startQuantity?: number;
  readonly completionQuantity?: number;
  /** What was done so far is written down before the element begins, after it has ended. */
  readonly saveBefore?: true;
  readonly saveAfter?: true;
  /** How often and with which pauses its background work is tried. */
  readonly retry?: Retry;
  readonly inputs: readonly Mapping[];
  readonly outputs: readonly Mapping[];
  readonly script?: ScriptWork;
  /** Records of data stores that the element sees, and those it writes when it is done. */
  readonly reads?: readonly RecordAccess[];
  readonly writes?: readonly RecordAccess[];
  readonly job?: JobWork;
  readonly call?: CallWork;
  readonly assignment?: Assignment;
  /** User task: what happens by itself once its due date has passed. */
  readonly overdue?: Overdue;
  readonly form?: string;
  /** Start event: the variable that receives who opened the case. */
  readonly initiator?: string;
  /** Reached when a token leaves. */
  readonly milestone?: Milestone;
  /** The applicant supplements here: the acceptance review stands still, and begins anew after it. */
  readonly supplement?: true;
}

export interface Flow {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  readonly condition?: Expression;
  /** Reached when it is taken. */
  readonly milestone?: Milestone;
}

export type Trigger =
  | { readonly type: 'terminate' }
  | { readonly type: 'cancel' }
  | {
      readonly type: 'compensate';
      /** Absent: all that was done in the scope. */ readonly activity?: string;
      readonly wait: boolean;
    }
  | {
      readonly type: 'error';
      /** Absent on a boundary event: catches every code. */ readonly code?: string;
      readonly codeVariable?: string;
      readonly messageVariable?: string;
    }
  | { readonly type: 'timer'; readonly kind: 'date' | 'duration' | 'cycle'; readonly value: Expression }
  | ({ readonly type: 'timer'; readonly kind: 'clock' } & ClockTimer)
  | ({ readonly type: 'message'; readonly key?: Expression } & EventName)
  | ({ readonly type: 'signal' } & EventName)
  | {
      readonly type: 'escalation';
      /** Absent on a catching event: catches every code. */ readonly code?: string;
      readonly codeVariable?: string;
    }
  | { readonly type: 'conditional'; readonly condition: Expression }
  /** A jump within the scope; the graph has it as a flow. */
  | { readonly type: 'link'; readonly name: string };

/** A time counted as limits are: in the working calendar, standing still while the case is held. */
export interface ClockTimer {
  /** Gives the amount. */
  readonly value: Expression;
  readonly unit: Limit['unit'];
  /** Counted from the due date of a limit; absent: from when the timer is armed. */
  readonly anchor?: TimerAnchor;
  /** Comes again after as much time once more: so many times in all, null without end. */
  readonly times?: number | null;
}

/** The due date that a timer hangs on: it moves when that does. */
export interface TimerAnchor {
  readonly side: 'before' | 'after';
  readonly limit: 'promise' | 'statutory';
  /** Of the activity that the event is attached to, or of the whole case. */
  readonly of: 'task' | 'case';
}

/** `pauses` are ISO 8601 durations; the last one repeats. Without pauses they grow by themselves. */
export interface Retry {
  readonly tries: number;
  readonly pauses?: readonly string[];
}

export interface MultiInstance {
  readonly sequential: boolean;
  readonly cardinality?: Expression;
  readonly collection?: Expression;
  readonly elementVariable?: string;
  readonly completion?: Expression;
  readonly outputCollection?: string;
  readonly outputElement?: Expression;
  /** Events thrown when an instance has ended (BPMN 2.0.2 table 10.29). */
  readonly throws?: readonly InstanceEvent[];
  /** Save points of each instance; those of the body are the node's. */
  readonly saveBefore?: true;
  readonly saveAfter?: true;
}

export interface InstanceEvent {
  readonly when: 'each' | 'first' | 'condition';
  readonly condition?: Expression;
  readonly triggers: readonly Trigger[];
}

/** How the activities of an ad-hoc sub-process are chosen and when they are enough (BPMN 2.0.2 table 10.22). */
export interface AdHoc {
  readonly sequential: boolean;
  readonly completion?: Expression;
  readonly cancelRemaining: boolean;
  /** Ids of the activities to begin with; somebody chooses later when absent. */
  readonly begin?: Expression;
}

/** Repeats an activity one after another while the condition is true; `testBefore`: asks before the first time as well. */
export interface StandardLoop {
  readonly testBefore: boolean;
  readonly condition?: Expression;
  readonly maximum?: number;
  /** Save points of each iteration; those of the whole loop are the node's. */
  readonly saveBefore?: true;
  readonly saveAfter?: true;
}

/** Moves a value into or out of an activity's own scope. `target` is a plain variable name. */
export interface Mapping {
  readonly target: string;
  readonly source: Expression;
}

/** One record of a data store. */
export interface RecordAccess {
  readonly store: string;
  readonly key: Expression;
  /** Under which the element sees it. */
  readonly variable: string;
  /** What is written. */
  readonly value: Expression;
}

/** A FEEL script or rule evaluated by the core itself; the value goes into `result` where one is named. */
export interface ScriptWork {
  readonly expression: Expression;
  readonly result?: string;
}

/** Work done outside the core: an HTTP call of our own, or an external worker that fetches by topic. */
export interface JobWork {
  readonly topic: string;
  readonly retries: number;
  /** A topic or a number of tries that depends on the case; they replace the fixed ones. */
  readonly topicExpression?: Expression;
  readonly retriesExpression?: Expression;
  /** Fixed texts for whoever does the work. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly http?: {
    readonly method: string;
    readonly url: Expression;
    readonly body?: Expression;
    readonly result?: string;
  };
  /** Send task, throw event: the message that is handed to a waiting case. */
  readonly message?: SentMessage;
  /** A throw event with several messages: all of them, sent one after another. */
  readonly messages?: readonly SentMessage[];
}

/** Of a message or signal. Where the model computes it, `name` is only the text of the expression. */
export interface EventName {
  readonly name: string;
  readonly nameExpression?: Expression;
}

export interface SentMessage extends EventName {
  readonly key?: Expression;
  /** How long it is kept where nobody waits for it yet; ISO 8601 duration. */
  readonly timeToLive?: Expression;
}

/** Another process that a call activity runs as a case of its own. */
export interface CallWork {
  /** Gives the key of the process. */
  readonly definition: Expression;
  /** Gives its version; the newest one when absent. */
  readonly version?: Expression;
  /** Number of the called case; `caller`: that of the calling case. */
  readonly businessKey?: Expression | 'caller';
  /** Which variables go in besides `inputs`: all that are visible, or those of the activity itself. */
  readonly passes: 'all' | 'local' | 'none';
  readonly inputs: readonly Mapping[];
  /** All variables of the called case come back, besides `outputs`. */
  readonly returnsAll: boolean;
  readonly outputs: readonly Mapping[];
  /** Come back for the output mappings of the activity only. */
  readonly localOutputs: readonly Mapping[];
}

export interface Assignment {
  readonly candidateGroups: readonly string[];
  readonly candidateUsers: readonly string[];
  readonly assignee?: Expression;
  /** Candidates that depend on the case: a list of names, or names with commas; they replace the fixed ones. */
  readonly groups?: Expression;
  readonly users?: Expression;
  /** ISO 8601 date or duration; the promise (`limit`) comes before `dueDate`. */
  readonly dueDate?: Expression;
  readonly followUpDate?: Expression;
  readonly priority?: Expression;
}

/** Deemed consent: whoever was asked has agreed by silence, because a rule (`basis`) says so; `result` gives what it entered. */
export type Overdue =
  | { readonly does: 'remind' | 'escalate' }
  | { readonly does: 'deemedConsent'; readonly basis: string; readonly result: Expression };

/** 受理、不予受理、决定、送达: where one clock of a case ends and the next begins. */
export const MILESTONES = ['accepted', 'notAccepted', 'decided', 'delivered'] as const;
export type Milestone = (typeof MILESTONES)[number];

export interface PhaseLimits {
  /** Absent: the model does not say when a case is accepted, so that handling runs from the start. */
  readonly acceptance?: PhaseLimit;
  readonly delivery: PhaseLimit;
}

/** Of the acceptance review, or of delivery. */
export interface PhaseLimit extends Pick<Limits, 'startRule' | 'warning'> {
  readonly limit: Limit;
}

/** What is stated about the time that the whole case, or a step of it, may take. */
export interface Limits {
  /** The promise (承诺时限). */
  readonly limit?: Limit;
  /** What the law allows (法定时限). */
  readonly statutory?: Limit;
  readonly startRule?: StartRule;
  /** When yellow begins; by the common rule where absent. */
  readonly warning?: Warning;
}

/** Where the count begins (engine/time/terms.ts says what each means). */
export type StartRule = 'nextWorkingDay' | 'sameDay' | 'minuteExact';

/** Yellow begins when this share of the limit, or this many of its units, are left; or never. */
export type Warning = { readonly share: number } | { readonly units: number } | 'none';

/** A time limit as model or item state it. */
export interface Limit {
  readonly value: number;
  readonly unit: 'workingDays' | 'calendarDays' | 'workingHours';
  readonly basis?: string;
}
