/** A well-formed piece of a process with one way in and one way out: any tree of these can run to its end. */
export type Block =
  | { kind: Leaf }
  | { kind: 'sequence'; parts: Block[] }
  | { kind: 'exclusive' | 'parallel' | 'inclusive'; parts: Block[]; chosen: boolean[] }
  /** A task chooses among the flows out of it. */
  | { kind: 'branching'; parts: Block[]; chosen: boolean[] }
  /** A sub-process whose task sends a token into each part, and whose last task takes each one as it comes. */
  | { kind: 'spread'; parts: Block[] }
  | { kind: 'rework'; part: Block; rounds: number }
  /** Without start and end events when implicit. */
  | { kind: 'subProcess'; part: Block; implicit?: boolean }
  | { kind: 'multiInstance'; count: number; sequential: boolean; early: boolean }
  /** One instance for each element of a list, with a list of what they gave. */
  | { kind: 'gathering'; count: number; sequential: boolean; saved: boolean }
  /** A multi-instance task that throws events as its instances end, and a boundary event that catches them. */
  | {
      kind: 'reviews';
      count: number;
      sequential: boolean;
      behavior: Behavior;
      what: Thrown;
      interrupting: boolean;
      part: Block;
    }
  /** A multi-instance sub-process. */
  | { kind: 'instances'; part: Block; count: number; sequential: boolean }
  /** A loop around a sub-process; of a task when there is no part. */
  | { kind: 'loop'; part?: Block; maximum: number; testBefore: boolean }
  /** So many tokens leave one task, and the next waits for as many. */
  | { kind: 'quantity'; count: number }
  | { kind: 'boundary'; trigger: Happening; interrupting: boolean; part: Block }
  /** A sub-process with an event sub-process in it. */
  | { kind: 'guarded'; trigger: Happening; interrupting: boolean; part: Block; handler: Block }
  /** A sub-process with an event sub-process that catches what the end of the part throws. */
  | { kind: 'handled'; what: 'error' | 'escalation'; interrupting: boolean; part: Block; handler: Block }
  /** A sub-process that throws at its end, beside other work in it, and a boundary event that catches. */
  | {
      kind: 'throwing';
      what: 'error' | 'escalation';
      interrupting: boolean;
      part: Block;
      beside: Block;
      handler: Block;
    }
  /** Work outside that may fail or escalate, and the boundary events that catch it. */
  | { kind: 'mishap'; of: 'service' | 'call'; interrupting: boolean; part: Block }
  /** A sub-process that one of two branches terminates. */
  | { kind: 'terminated'; part: Block }
  /** A sub-process that ends with an event. */
  | { kind: 'ending'; part: Block; what: Ending }
  /** An event-based gateway: the first of several events chooses the part. */
  | { kind: 'awaited'; parts: Block[]; events: Awaitable[] }
  /** One branch waits until the other has made a condition true. */
  | { kind: 'conditional'; part: Block }
  /** A sub-process whose branches meet at a complex gateway, which goes on when so many have come, and once more (`late`) for the rest. */
  | { kind: 'enough'; parts: Block[]; needed: number; late: boolean }
  /** A sub-process that undoes its first activities (only the first one: `one`) at its end. */
  | { kind: 'compensated'; part: Block; undo: number; one: boolean; wait: boolean; last: boolean }
  /** A sub-process that has a compensation event sub-process, and is undone after it has ended. */
  | { kind: 'undone'; part: Block; handler: Block }
  /** A transaction that is cancelled at its end where it `cancels`; `handler` is where its cancel boundary event leads. */
  | { kind: 'cancelled'; part: Block; handler: Block; cancels: boolean }
  /** Somebody chooses the parts of an ad-hoc sub-process (`begun`: the model chooses the first one), until one says that it is over. */
  | {
      kind: 'adHoc';
      parts: Block[];
      sequential: boolean;
      begun: boolean;
      condition?: boolean;
      cancelRemaining: boolean;
    };

export type Happening = (typeof HAPPENINGS)[number];
export type Awaitable = (typeof AWAITABLES)[number];
export type Behavior = (typeof BEHAVIORS)[number];
export type Ending = (typeof ENDINGS)[number];
export type Thrown = 'signal' | 'escalation';
export type Leaf = (typeof LEAVES)[number];

export const HAPPENINGS = [
  'timer',
  'cycle',
  'date',
  'clock',
  'due',
  'message',
  'signal',
  'condition',
  'several',
  'all',
] as const;
export const AWAITABLES = ['message', 'timer', 'receive', 'condition', 'several', 'all', 'signal'] as const;
export const BEHAVIORS = ['None', 'One', 'All', 'Complex'] as const;
export const ENDINGS = ['message', 'several', 'signal', 'escalation'] as const;

export const LEAVES = [
  'user',
  'service',
  'script',
  'manual',
  'abstract',
  'rule',
  'http',
  'sendTask',
  'retried',
  'mapped',
  'assigned',
  'deemed',
  'data',
  'store',
  'nothing',
  'timer',
  'date',
  'cycle',
  'clock',
  'due',
  'message',
  'receive',
  'condition',
  'signal',
  'send',
  'call',
  'link',
  'saved',
  'several',
  'all',
  'throwSignal',
  'throwSeveral',
  'escalate',
] as const;

/** What these throw or wait for could begin once more what they stand in. */
export const LOUD: ReadonlySet<Leaf> = new Set<Leaf>(['signal', 'throwSignal', 'throwSeveral', 'escalate']);

/** How a process begins and ends: `other` is a start that an event triggers, beside or instead of the none start event. */
export interface ProcessShape {
  block: Block;
  start: 'none' | 'implicit' | 'event' | 'several' | 'receive' | 'gateway';
  /** What triggers it; a gateway in parallel or not. */
  trigger: 'message' | 'timer' | 'signal' | 'condition';
  parallel: boolean;
  end: 'none' | 'implicit' | 'message' | 'signal' | 'escalation' | 'several' | 'compensate' | 'terminate';
}
