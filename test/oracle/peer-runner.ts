import { EventEmitter } from 'node:events';
import { Engine } from 'bpmn-engine';
import { BpmnModdle } from 'bpmn-moddle';
import type { JsonObject, JsonValue } from '../../engine/kernel/json.ts';
import type { Expression } from '../../engine/expressions/index.ts';
import type { ProcessGraph } from '../../engine/model/graph.ts';
import type { Runner } from './runner.ts';

interface Waiting {
  what: string;
  node: string;
  /** Executions and elements around it: it goes when one of them goes. */
  around: { id: string; executionId: string }[];
  go(): void;
}

interface ElementApi {
  id: string;
  type: string;
  content: {
    parent: { id: string; executionId: string; path?: { id: string; executionId: string }[] };
    executionId: string;
  };
  signal(message: object): void;
}

interface Timer {
  owner: { id: string } | null;
  callback: (...args: unknown[]) => void;
  args: unknown[];
}

interface PeerActivity {
  id: string;
  type: string;
  behaviour: { Service?: unknown };
}

/** One reader for all models: making one costs more than reading a small model. */
const moddle = new BpmnModdle();

/** What it would tell about each element costs more than nothing, even where nobody listens. */
const SILENT = { debug: () => undefined, warn: () => undefined, error: () => undefined };

type Done = (error: Error | null, value?: unknown) => void;

/**
 * bpmn-engine with its clock, its expressions and its services in our hands: timers fire when told, services end when
 * told, and every condition, script and count is the FEEL of our compiled model. What is left to compare is the tokens.
 */
export class PeerRunner implements Runner {
  /** Flows that were not taken and said so. */
  discarded = 0;
  private readonly xml: string;
  private readonly graph: ProcessGraph;
  private readonly variables: JsonObject = {};
  private records: Waiting[] = [];
  private readonly timers = new Set<Timer>();
  private seen: string[] = [];
  private over = false;
  private failure: Error | undefined;
  private engine: Engine | undefined;

  constructor(xml: string, graph: ProcessGraph) {
    this.xml = xml;
    this.graph = graph;
  }

  async start(): Promise<void> {
    const engine = new Engine({
      name: 'oracle',
      moddleContext: await moddle.fromXML(this.xml),
      timers: this.timerApi(),
      scripts: { register: () => undefined, getScript: (_: string, { id }: { id: string }) => this.scriptOf(id) },
      expressions: { resolveExpression: (text: string, message: JsonObject) => this.resolve(text, message) },
      extensions: { jobs: (activity: PeerActivity) => this.serveJobs(activity) },
      settings: { disableTrackState: true },
      Logger: () => SILENT,
    } as never);
    this.engine = engine;
    engine.once('end', () => {
      this.over = true;
      this.records = [];
    });
    engine.on('error', (error: Error) => (this.failure = error));
    const listener = new EventEmitter();
    listener.on('activity.wait', (api: ElementApi) => this.waits(api));
    listener.on('activity.end', ({ id }: ElementApi) => this.seen.push(`ended ${id}`));
    listener.on('flow.take', ({ id }: ElementApi) => this.seen.push(`took ${id}`));
    listener.on('flow.discard', () => this.discarded++);
    listener.on('activity.leave', ({ id, content }: ElementApi) => this.left(id, content.parent.executionId));
    await engine.execute({ listener } as never);
    this.check();
  }

  waiting(): string[] {
    return [
      ...this.records.map(({ what }) => what),
      ...[...this.timers].map(({ owner }) => `timer ${owner?.id}`),
    ].sort();
  }

  happen(what: string): void {
    const timer = [...this.timers].find(({ owner }) => `timer ${owner?.id}` === what);
    const record = this.records.find((candidate) => candidate.what === what);
    if (timer) {
      this.timers.delete(timer);
      timer.callback(...timer.args);
    } else if (record) {
      this.records.splice(this.records.indexOf(record), 1);
      record.go();
    } else throw new Error(`the peer does not wait for '${what}'`);
    this.check();
  }

  /** A message from outside, to whoever there may be for it. */
  tell(id: string): void {
    (this.engine as unknown as { execution: { signal(message: object): void } }).execution.signal({ id });
    this.check();
  }

  drain(): string[] {
    return this.seen.splice(0).sort();
  }

  ended(): boolean {
    return this.over;
  }

  stop(): void {
    this.timers.clear();
    if (!this.over) void this.engine?.stop();
  }

  private check(): void {
    if (this.failure) throw this.failure;
  }

  private waits(api: ElementApi): void {
    const kind = api.type === 'bpmn:UserTask' ? 'task' : this.graph.nodes[api.id]!.trigger?.type;
    // errors are announced as awaited too
    if (kind === 'task' || kind === 'message') this.record(`${kind} ${api.id}`, api, () => api.signal({}));
  }

  private record(what: string, { id, content: { parent } }: Omit<ElementApi, 'signal' | 'type'>, go: () => void): void {
    this.records.push({ what, node: id, around: [parent, ...(parent.path ?? [])], go });
  }

  /** An activity has left: nothing of it, and nothing within it, waits any more. */
  private left(node: string, within: string): void {
    const inside = ({ node: waiting, around }: Waiting) =>
      (waiting === node && around[0]!.executionId === within) ||
      around.some(({ id }, level) => id === node && around[level + 1]?.executionId === within);
    this.records = this.records.filter((record) => !inside(record));
  }

  private timerApi() {
    const start = (owner: Timer['owner'], callback: Timer['callback'], args: unknown[]) => {
      const timer = { owner, callback, args };
      this.timers.add(timer);
      return timer;
    };
    const clearTimeout = (timer: Timer) => void this.timers.delete(timer);
    return {
      executing: [],
      clearTimeout,
      setTimeout: (callback: Timer['callback'], _: number, ...args: unknown[]) => start(null, callback, args),
      register: (owner: Timer['owner']) => ({
        clearTimeout,
        setTimeout: (callback: Timer['callback'], _: number, ...args: unknown[]) => start(owner, callback, args),
      }),
    };
  }

  private serveJobs(activity: PeerActivity): undefined {
    if (activity.type !== 'bpmn:ServiceTask') return;
    const record = this.record.bind(this);
    activity.behaviour.Service = class {
      execute(message: { content: ElementApi['content'] }, done: Done) {
        record(`job ${activity.id}`, { id: activity.id, content: message.content }, () => done(null));
      }
    };
  }

  private scriptOf(id: string): { execute(scope: unknown, done: Done): void } | undefined {
    const condition = this.graph.flows[id]?.condition;
    const script = this.graph.nodes[id]?.script;
    const expression = condition ?? script?.expression;
    if (!expression) return undefined;
    return {
      execute: (_, done) => {
        const value = this.value(expression);
        if (script?.result !== undefined) this.variables[script.result] = value;
        done(null, value);
      },
    };
  }

  /** Loop counts and completion conditions; a timer's text is the time itself. */
  private resolve(text: string, { content }: JsonObject): unknown {
    const { id, index, loopCardinality } = (content ?? {}) as { id?: string; index?: number; loopCardinality?: number };
    const multi = id === undefined ? undefined : this.graph.nodes[id]?.multi;
    if (text === multi?.cardinality?.text) return this.value(multi.cardinality);
    if (text === multi?.completion?.text)
      return this.value(multi.completion, {
        nrOfInstances: loopCardinality ?? 0,
        nrOfCompletedInstances: (index ?? 0) + 1,
      });
    return text;
  }

  private value(expression: Expression, more: JsonObject = {}): JsonValue {
    const result = expression.evaluate!({ ...this.variables, ...more });
    if (!result.ok) throw new Error(result.reason);
    return result.value;
  }
}
