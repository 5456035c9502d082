import { step, type CaseState, type Command } from '../../engine/core/index.ts';
import type { ProcessGraph } from '../../engine/model/graph.ts';
import type { Runner } from './runner.ts';

interface Chance {
  what: string;
  token: string;
  event?: string;
}

/** Our core. The state goes through JSON after every step, as it does in a store. */
export class CoreRunner implements Runner {
  private readonly graph: ProcessGraph;
  private state: CaseState | null = null;
  private now = Date.parse('2026-03-02T01:00:00Z');
  private seen: string[] = [];
  /** Messages that a non-interrupting boundary event has taken: it would take more, the peer takes one. */
  private readonly heard = new Set<string>();
  private readonly hearAll: boolean;

  constructor(graph: ProcessGraph, options: { hearAll?: boolean } = {}) {
    this.graph = graph;
    this.hearAll = options.hearAll ?? false;
  }

  start(): Promise<void> {
    this.take({ type: 'start', variables: {} });
    return Promise.resolve();
  }

  waiting(): string[] {
    return this.chances()
      .map(({ what }) => what)
      .sort();
  }

  happen(what: string): void {
    const chance = this.chances().find((candidate) => candidate.what === what);
    if (!chance) throw new Error(`the core does not wait for '${what}'`);
    const { token, event } = chance;
    if (event === undefined) {
      const type = this.state!.tokens[token]!.wait === 'task' ? 'complete-task' : 'complete-job';
      return this.take({ type, token, variables: {} });
    }
    const armed = this.state!.tokens[token]!.armed![event]!;
    if (armed.type === 'timer') {
      this.now = Math.max(this.now, armed.dueAt!);
      return this.take({ type: 'fire-timer', token, event });
    }
    if (!this.hearAll) this.heard.add(`${token} ${event}`);
    return this.take({ type: 'deliver-message', token, event, variables: {} });
  }

  drain(): string[] {
    return this.seen.splice(0).sort();
  }

  ended(): boolean {
    return this.state!.status !== 'active';
  }

  stop(): void {}

  incidents(): string[] {
    return Object.values(this.state!.tokens).flatMap(({ node, incident }) =>
      incident ? [`${incident.code} ${node}`] : [],
    );
  }

  private chances(): Chance[] {
    const chances: Chance[] = [];
    for (const { id, node, wait, armed } of Object.values(this.state!.tokens)) {
      if (wait === 'task' || wait === 'job') chances.push({ what: `${wait} ${node}`, token: id });
      for (const [event, { type }] of Object.entries(armed ?? {})) {
        if (!this.heard.has(`${id} ${event}`)) chances.push({ what: `${type} ${event}`, token: id, event });
      }
    }
    return chances;
  }

  private take(command: Command): void {
    const result = step(this.graph, this.state, command, { now: this.now });
    if (!result.done) throw new Error(`expected no help, but the step needs some: ${JSON.stringify(result)}`);
    this.state = JSON.parse(JSON.stringify(result.state)) as CaseState;
    for (const { type, node, data } of result.events) {
      if (type !== 'element.completed') continue;
      this.seen.push(`ended ${node}`);
      for (const flow of (data?.flows ?? []) as string[]) this.seen.push(`took ${flow}`);
    }
  }
}
