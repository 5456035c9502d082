import { clockCheckIds } from '../../engine/cases/clock-checks.ts';
import type { CaseState, Scope, Token } from '../../engine/core/index.ts';
import { deadlineIds } from '../../engine/cases/deadlines.ts';
import { subscriptionId, taskId, taskRow, timerId, workId } from '../../engine/cases/rows.ts';
import type { ProcessGraph } from '../../engine/model/graph.ts';
import type {
  CaseRow,
  Commit,
  IncidentRow,
  JobRow,
  Store,
  SubscriptionRow,
  TaskRow,
} from '../../engine/store/ports.ts';
import type { WorkCalendar } from '../../engine/time/index.ts';

/** What is wrong with the bookkeeping of a case at rest; empty when every count and every reference is right. */
export function stateFaults(graph: ProcessGraph, state: CaseState): string[] {
  const faults: string[] = [];
  const tokens = Object.values(state.tokens);
  const scopes = Object.values(state.scopes);
  for (const token of tokens) {
    const node = graph.nodes[token.node];
    const scope = state.scopes[token.scope];
    if (!node) faults.push(`token ${token.id} waits at the unknown element ${token.node}`);
    if (!scope) faults.push(`token ${token.id} is in the unknown scope ${token.scope}`);
    else if (node && standsIn(state, token, scope) && scope.node !== node.scope)
      faults.push(`token ${token.id} at ${node.id} is in a scope of '${scope.node}'`);
    const owned = scopes.filter((each) => each.owner === token.id).length;
    if (owned !== (token.wait === 'scope' ? 1 : 0))
      faults.push(`token ${token.id} (${token.wait}) owns ${owned} scopes`);
    if ((token.wait === 'incident') !== (token.incident !== undefined))
      faults.push(`token ${token.id} waits for ${token.wait}, incident: ${token.incident?.code}`);
  }
  for (const scope of scopes) faults.push(...scopeFaults(graph, state, scope));
  const watching = tokens.filter(({ armed }) => Object.values(armed ?? {}).some(({ type }) => type === 'condition'));
  const watched = Object.keys(state.conditions ?? {});
  if (watched.join() !== watching.map(({ id }) => id).join())
    faults.push(`conditions are watched for ${watched.join()}, but armed by ${watching.map(({ id }) => id).join()}`);
  if (state.status === 'active' && tokens.length === 0) faults.push('an active case has no token');
  if (state.status !== 'active' && (tokens.length > 0 || scopes.length > 1))
    faults.push(`a ${state.status} case has ${tokens.length} tokens and ${scopes.length} scopes`);
  return faults;
}

/** Instances are of the element itself, and what is undone runs beside the place where it was done. */
function standsIn(state: CaseState, token: Token, scope: Scope): boolean {
  const undoes = Object.values(state.scopes).some((each) => each.owner === token.id && each.kind === 'compensation');
  return scope.kind !== 'instance' && scope.kind !== 'compensation' && !undoes;
}

function scopeFaults(graph: ProcessGraph, state: CaseState, scope: Scope): string[] {
  const faults: string[] = [];
  const fault = (text: string) => faults.push(`${scope.kind} scope ${scope.id} of '${scope.node}' ${text}`);
  if (scope.parent !== undefined && !state.scopes[scope.parent]) fault(`lies in the unknown scope ${scope.parent}`);
  if (scope.owner !== undefined && state.tokens[scope.owner]?.node !== scope.node) fault('has lost its owner');
  if (scope.kind === 'multi') {
    const { total, started, completed, cancelled = 0 } = scope.multi!;
    const active = Object.values(state.scopes).filter((each) => each.parent === scope.id).length;
    if (active !== started - completed - cancelled)
      fault(`has ${active} instances, but counts ${started}-${completed}-${cancelled}`);
    if (scope.variables.nrOfActiveInstances !== active)
      fault(`says nrOfActiveInstances = ${JSON.stringify(scope.variables.nrOfActiveInstances)}, but has ${active}`);
    if (started > total || completed + cancelled >= total) fault(`is over: ${completed}+${cancelled} of ${total}`);
    return faults;
  }
  if (scope.kind === 'loop') {
    const iterations = Object.values(state.scopes).filter((each) => each.parent === scope.id).length;
    if (iterations !== 1) fault(`has ${iterations} iterations`);
    return faults;
  }
  const inside = Object.values(state.tokens).filter((token) => token.scope === scope.id);
  const listening = inside.filter((token) => token.wait === 'listener').map((token) => token.id);
  if (listening.join() !== (scope.listeners ?? []).join())
    fault(`lists ${scope.listeners?.join()} for ${listening.join()}`);
  const live = inside.length - listening.length;
  if (scope.live !== live) fault(`counts ${scope.live} tokens, but has ${live}`);
  if (live === 0 && !scope.adHoc && state.status === 'active') fault('is open without a token');
  for (const [gateway, held] of Object.entries(scope.joins ?? {})) {
    const node = graph.nodes[gateway];
    if (scope.kind !== 'compensation' && node?.scope !== scope.node) fault(`holds tokens at ${gateway}`);
    if (Object.keys(held).length === 0) fault(`holds nothing at ${gateway}`);
    for (const [flow, count] of Object.entries(held))
      if (count < 1 || !node?.incoming.includes(flow)) fault(`holds ${count} tokens at ${gateway} on ${flow}`);
    if (node?.kind === 'parallelGateway' && node.incoming.every((flow) => held[flow]))
      fault(`holds ${gateway} although every flow has a token`);
  }
  return faults;
}

/** The rows beside the cases, as the commits of a store wrote them. */
export class Rows {
  readonly tasks = new Map<string, TaskRow>();
  readonly jobs = new Map<string, JobRow>();
  readonly subscriptions = new Map<string, SubscriptionRow>();
  readonly incidents = new Map<string, IncidentRow>();

  /** Removes before it puts, as every store does. */
  apply(commit: Commit): void {
    for (const task of commit.tasks) this.tasks.set(task.id, task);
    if (commit.fence) this.jobs.delete(commit.fence.jobId);
    for (const id of commit.jobs.remove) this.jobs.delete(id);
    for (const job of commit.jobs.put) this.jobs.set(job.id, job);
    for (const id of commit.subscriptions.remove) this.subscriptions.delete(id);
    for (const row of commit.subscriptions.put) this.subscriptions.set(row.id, row);
    for (const id of commit.incidents.remove) this.incidents.delete(id);
    for (const row of commit.incidents.put) this.incidents.set(row.id, row);
  }
}

/** The same store, with an eye on what it was given. */
export function witnessed(store: Store): { store: Store; rows: Rows } {
  const rows = new Rows();
  const commit: Store['commit'] = async (given) => {
    const result = await store.commit(given);
    if (result === 'ok') rows.apply(given);
    return result;
  };
  const proxy = new Proxy(store, {
    get(target, name) {
      if (name === 'commit') return commit;
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
  return { store: proxy, rows };
}

/** Jobs that come and go beside the tokens: checks of deadlines, news between cases. */
const ASIDE: ReadonlySet<string> = new Set(['deadline', 'call', 'cancel-call', 'return', 'message', 'follow-up']);

/**
 * Where rows and case disagree: every unfinished task, job, subscription and incident belongs to a token that waits for
 * it, and the other way round. Empty when nothing is orphaned and nothing is missing.
 */
export function rowFaults(rows: Rows, row: CaseRow, graph: ProcessGraph, calendar: WorkCalendar): string[] {
  const faults: string[] = [];
  const own = <T extends { caseId: string }>(all: Map<string, T>) =>
    new Map([...all].filter(([, each]) => each.caseId === row.id));
  const tokens = Object.values(row.state.tokens);

  const tasks = tokens.filter((token) => token.wait === 'task').map((token) => taskRow(row, graph, token, calendar));
  const unfinished = [...own(rows.tasks)].filter(([, task]) => task.status === 'open' || task.status === 'claimed');
  compare(faults, 'task', new Map(unfinished), new Map(tasks.map((task) => [task.id, task])), sameJson);

  const jobs = new Map<string, Partial<JobRow>>();
  const subscriptions = new Map<string, Partial<SubscriptionRow>>();
  for (const token of tokens) {
    if (token.wait === 'job' || token.wait === 'continue')
      jobs.set(workId(row.id, token.id, token.work!), { token: token.id, node: token.node });
    for (const [event, armed] of Object.entries(token.armed ?? {})) {
      if (armed.done) continue;
      if (armed.type === 'timer') {
        const { dueAt } = armed;
        if (dueAt !== null) jobs.set(timerId(row.id, token.id, event, dueAt), { token: token.id, dueAt });
      } else if (armed.type === 'message' || armed.type === 'signal')
        subscriptions.set(subscriptionId(row.id, token.id, event), {
          token: token.id,
          event,
          name: armed.name,
          key: armed.type === 'message' ? armed.key : null,
        });
    }
  }
  const deadlines = new Set<string>([row.id, ...tasks.map((task) => task.id)].flatMap((id) => deadlineIds(id)));
  for (const id of clockCheckIds(row)) deadlines.add(id);
  const work = new Map([...own(rows.jobs)].filter(([, job]) => !ASIDE.has(job.kind)));
  compare(faults, 'job', work, jobs, partOf);
  for (const [id, job] of own(rows.jobs)) {
    if (job.kind === 'call' && row.state.tokens[job.token]?.wait !== 'case')
      faults.push(`call ${id} belongs to no token`);
  }
  for (const [id, job] of own(rows.jobs)) {
    if (job.kind === 'deadline' && (!deadlines.has(id) || row.status !== 'active'))
      faults.push(`deadline ${id} watches nothing`);
  }
  compare(faults, 'subscription', own(rows.subscriptions), subscriptions, partOf);

  const broken = tokens.filter((token) => token.incident);
  const incidents = new Map(broken.map((token) => [taskId(row.id, token.id), { token: token.id, node: token.node }]));
  compare(faults, 'incident', own(rows.incidents), incidents, partOf);
  if (row.incidents !== broken.length) faults.push(`the case counts ${row.incidents} incidents of ${broken.length}`);
  return faults;
}

function compare<Have extends object, Want extends object>(
  faults: string[],
  noun: string,
  have: ReadonlyMap<string, Have>,
  want: ReadonlyMap<string, Want>,
  same: (have: Have, want: Want) => boolean,
): void {
  for (const [id, row] of have) {
    const wanted = want.get(id);
    if (!wanted) faults.push(`${noun} ${id} belongs to no token`);
    else if (!same(row, wanted)) faults.push(`${noun} ${id}: ${JSON.stringify(row)} for ${JSON.stringify(wanted)}`);
  }
  for (const id of want.keys()) if (!have.has(id)) faults.push(`${noun} ${id} is missing`);
}

function sameJson(a: object, b: object): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function partOf(row: object, wanted: object): boolean {
  return Object.entries(wanted).every(([key, value]) => (row as Record<string, unknown>)[key] === value);
}
