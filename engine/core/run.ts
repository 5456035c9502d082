import type { JsonObject, JsonValue } from '../kernel/json.ts';
import { Rejection } from '../kernel/rejection.ts';
import { resultKey, withClock, type Expression } from '../expressions/index.ts';
import type { Node, ProcessGraph } from '../model/graph.ts';
import type { CaseState, Scope, Token } from './state.ts';
import { recordId, type CoreEvent, type Effect, type StepContext, type Times } from './step-types.ts';

/** Work that one token still has to do in this step; `saved`: its save point lies behind it. Each item is one live token of its scope. */
export type Work =
  /** The token reaches a node by a flow; joins and multi-instance are decided here. */
  | { do: 'arrive'; node: Node; scope: string; flow: string | null; saved?: true }
  /** The node itself begins, once; `variables`: what the event brought that has happened, or what its conditions see. */
  | { do: 'activate'; node: Node; scope: string; variables?: JsonObject; saved?: true }
  /** The messages of a throw event are out, what else it throws is not. */
  | { do: 'throw'; node: Node; scope: string; saved?: true }
  /** The node has ended; `variables`: what its conditions see besides. */
  | { do: 'leave'; node: Node; scope: string; variables?: JsonObject; saved?: true };

/** Thrown inside a step when an expression has to go to the worker first; `step` turns it into `needs`. */
export class NeedsWorker {
  readonly key: string;
  readonly expression: Expression;
  readonly variables: JsonObject;
  constructor(key: string, expression: Expression, variables: JsonObject) {
    this.key = key;
    this.expression = expression;
    this.variables = variables;
  }
}

/** Thrown inside a step when a record of a data store has to be read first; `step` turns it into `record`. */
export class NeedsRecord {
  readonly store: string;
  readonly key: string;
  constructor(store: string, key: string) {
    this.store = store;
    this.key = key;
  }
}

/** Thrown where the model's data does not let a token go on; becomes an incident at that token. */
export class Trouble {
  readonly code: string;
  readonly message: string;
  constructor(code: string, message: string) {
    this.code = code;
    this.message = message;
  }
}

const EXTRA_BUDGET = 100_000;

/**
 * One step under way: the state being written, the work left, and what came of it. The given state is never changed: a
 * token or scope that is still the given one is copied before it is written to.
 */
export class Run {
  readonly model: ProcessGraph;
  readonly context: StepContext;
  readonly state: CaseState;
  readonly events: CoreEvent[] = [];
  readonly effects: Effect[] = [];
  readonly queue: Work[] = [];
  /** Names of variables that were set since conditions were judged last, and conditions armed since. */
  readonly changed = new Set<string>();
  readonly newConditions: { token: string; key: string }[] = [];
  /** Scopes in which something changed since their joins were asked last: only there may one fire now. */
  readonly touched = new Set<string>();
  /** Scopes whose last live token went away. */
  readonly quiet = new Set<string>();
  budget: number;
  /** A terminate end event ended the case. */
  terminated = false;
  private readonly given: CaseState;
  private extra = EXTRA_BUDGET;
  private head = 0;
  private written: Map<string, JsonObject> | undefined;

  constructor(model: ProcessGraph, state: CaseState, context: StepContext) {
    this.model = model;
    this.context = context;
    this.given = state;
    this.state = { ...state, scopes: { ...state.scopes }, tokens: { ...state.tokens } };
    this.budget = context.budget ?? 10_000;
  }

  /** A record of a data store as this step sees it; null where there is none. */
  record(store: string, key: string): JsonObject | null {
    const id = recordId(store, key);
    const record = this.written?.get(id) ?? this.context.records?.get(id);
    if (record === undefined) throw new NeedsRecord(store, key);
    return record;
  }

  putRecord(store: string, key: string, record: JsonObject): void {
    (this.written ??= new Map()).set(recordId(store, key), record);
    this.effects.push({ type: 'put-record', store, key, record });
  }

  get now(): number {
    return this.context.now;
  }

  get times(): Times {
    const { times } = this.context;
    if (!times) throw new Error('Expected to be told when the clocks of the case come to a time');
    return times;
  }

  node(id: string): Node {
    const node = this.model.nodes[id];
    if (!node)
      throw new Rejection('conflict', 'case.unknown_element', `Expected element '${id}', but this version has none`, {
        element: id,
      });
    return node;
  }

  /** The token, ready to be written to. `case.unknown_token` when it is gone. */
  token(id: string): Token {
    const token = this.state.tokens[id];
    if (!token)
      throw new Rejection('conflict', 'case.unknown_token', `Expected token '${id}', but it is no longer there`, {
        token: id,
      });
    if (token !== this.given.tokens[id]) return token;
    const own = { ...token };
    if (own.armed) own.armed = { ...own.armed };
    return (this.state.tokens[id] = own);
  }

  /** The scope, ready to be written to. */
  scope(id: string): Scope {
    const scope = this.state.scopes[id]!;
    this.touched.add(id);
    if (scope !== this.given.scopes[id]) return scope;
    const own: Scope = { ...scope, variables: { ...scope.variables } };
    if (own.joins)
      own.joins = Object.fromEntries(Object.entries(own.joins).map(([gateway, held]) => [gateway, { ...held }]));
    if (own.compensable) own.compensable = [...own.compensable];
    if (own.multi) own.multi = { ...own.multi, ...(own.multi.outputs && { outputs: [...own.multi.outputs] }) };
    return (this.state.scopes[id] = own);
  }

  /** The condition a token armed under this key is to be judged from now on. */
  watchCondition(token: string, key: string): void {
    this.ownConditions()[token] = true;
    this.newConditions.push({ token, key });
  }

  unwatchConditions(token: string): void {
    const conditions = this.ownConditions();
    delete conditions[token];
    if (Object.keys(conditions).length === 0) delete this.state.conditions;
  }

  private ownConditions(): Record<string, true> {
    const { conditions } = this.state;
    if (conditions && conditions !== this.given.conditions) return conditions;
    return (this.state.conditions = { ...conditions });
  }

  newToken(token: Omit<Token, 'id'>): Token {
    const id = String(++this.state.seq);
    return (this.state.tokens[id] = { id, ...token });
  }

  newScope(scope: Omit<Scope, 'id' | 'live'> & { live?: number }): Scope {
    const id = String(++this.state.seq);
    return (this.state.scopes[id] = { live: 1, ...scope, id });
  }

  /** A live token of the scope went away. */
  consume(scopeId: string): void {
    const scope = this.scope(scopeId);
    if (--scope.live === 0) this.quiet.add(scopeId);
  }

  push(work: Work): void {
    this.touched.add(work.scope);
    this.queue.push(work);
  }

  next(): Work | undefined {
    if (this.head === this.queue.length) {
      this.head = this.queue.length = 0;
      return undefined;
    }
    return this.queue[this.head++];
  }

  /** Drops the work that is left in these scopes. */
  drop(scopes: ReadonlySet<string>): void {
    const rest = this.queue.slice(this.head).filter((work) => !scopes.has(work.scope));
    this.head = 0;
    this.queue.splice(0, this.queue.length, ...rest);
  }

  /** Multi-instance legitimately takes some transitions for each instance; loops around it still end. */
  allow(transitions: number): void {
    const granted = Math.min(transitions, this.extra);
    this.extra -= granted;
    this.budget += granted;
  }

  event(type: CoreEvent['type'], node?: string, token?: string, data?: JsonObject): void {
    const event: CoreEvent = { type };
    if (node !== undefined) event.node = node;
    if (token !== undefined) event.token = token;
    if (data !== undefined) event.data = data;
    this.events.push(event);
  }

  /** The value of an expression over these variables; Trouble `expression.failed` when it cannot be had. */
  evaluate(expression: Expression, given: JsonObject): { value: JsonValue; warnings: readonly string[] } {
    const variables = withClock(expression, given, this.now);
    let result = expression.evaluate?.(variables);
    if (!result) {
      const key = resultKey(expression, variables);
      result = this.context.results?.get(key);
      if (!result) throw new NeedsWorker(key, expression, variables);
    }
    if (!result.ok) throw new Trouble('expression.failed', `${expression.text}: ${result.reason}`);
    return result;
  }
}
