import type { Node } from '../../model/graph.ts';
import { attempt } from '../attempt.ts';
import { disarmAll } from '../armed.ts';
import { openListeners, prepareListeners } from '../event-sub-process.ts';
import { createJob, jobTerms } from '../job.ts';
import { dropStuck } from '../modification/sources.ts';
import { Run } from '../run.ts';
import type { CaseState, Completed, Scope, Token } from '../state.ts';
import type { StepContext, StepResult } from '../step-types.ts';
import { taskTerms } from '../task-terms.ts';
import { runToRest } from '../transitions.ts';
import { visibleVariables } from '../variables.ts';
import { jobText } from './fits.ts';
import type { Crossing } from './mapping.ts';
import { refuseBlocked, type MigrationPlan } from './plan.ts';
import { rearmToken } from './rearm.ts';

/**
 * The state of a case in another version of its definition, ready to run on there. Tokens, scopes and what joins hold keep
 * their ids and counts; timers keep their due dates, tasks their assignee and age. Joins that are complete in the new
 * version fire. Pure, as `step` is. `migration.state_would_be_lost` (details.problems); troubles of what is armed anew, for
 * example `timer.bad_value`.
 */
export function migrateState(plan: MigrationPlan, state: CaseState, context: StepContext): StepResult {
  refuseBlocked(plan, state);
  return attempt((park) => {
    const run = new Run(plan.crossing.to, moved(plan, state), context);
    for (const token of Object.values(state.tokens)) carryOver(run, plan.crossing, state, token);
    for (const scope of Object.values(state.scopes)) listenToNew(run, plan, scope);
    for (const scope of Object.values(state.scopes)) arriveAgain(run, plan.crossing, scope);
    // what can still reach a join may differ in the new version
    for (const scope of Object.keys(state.scopes)) run.touched.add(scope);
    return { run, rest: () => runToRest(run, park) };
  });
}

/** The same tokens and scopes at the elements of the new version. Joins are filled again by arrivals. */
function moved({ crossing, elements }: MigrationPlan, state: CaseState): CaseState {
  const tokens: CaseState['tokens'] = {};
  for (const token of Object.values(state.tokens)) {
    const { to, problems } = elements.get(token.node)!;
    if (token.wait === 'listener' && problems.length > 0) continue;
    tokens[token.id] = { ...token, node: to!, ...(token.incident && { incident: { ...token.incident } }) };
    const flow = token.incident?.flow;
    if (flow !== undefined) moveIncident(tokens[token.id]!, crossing.flow(flow, crossing.to.nodes[to!]!));
  }
  const scopes: CaseState['scopes'] = {};
  for (const { joins: _joins, fired, adHoc, listeners, compensable, pending, undoing, ...scope } of Object.values(
    state.scopes,
  )) {
    const left = listeners?.filter((id) => tokens[id]);
    scopes[scope.id] = {
      ...scope,
      node: crossing.scope(scope.node)!,
      ...(adHoc && {
        adHoc: { ...adHoc, ...(adHoc.waiting && { waiting: adHoc.waiting.map((id) => crossing.node(id)!.id) }) },
      }),
      ...(fired && { fired: firedIn(crossing, fired) }),
      ...(left && left.length > 0 && { listeners: left }),
      ...(compensable && { compensable: recordsIn(crossing, compensable) }),
      ...(pending && { pending: recordsIn(crossing, pending) }),
      ...(undoing && { undoing: recordsIn(crossing, [undoing])[0]! }),
    };
  }
  return { ...state, tokens, scopes };
}

function firedIn(crossing: Crossing, fired: Record<string, string[]>): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(fired).map(([gateway, flows]) => {
      const node = crossing.node(gateway)!;
      return [node.id, flows.map((flow) => crossing.flow(flow, node)).filter((flow) => flow !== undefined)];
    }),
  );
}

function recordsIn(crossing: Crossing, records: readonly Completed[]): Completed[] {
  return records.map((record) => ({
    ...record,
    node: crossing.node(record.node)!.id,
    ...(record.inner && { inner: recordsIn(crossing, record.inner) }),
  }));
}

function moveIncident(token: Token, flow: string | undefined): void {
  if (flow === undefined) delete token.incident!.flow;
  else token.incident!.flow = flow;
}

function carryOver(run: Run, crossing: Crossing, before: CaseState, old: Token): void {
  if (!run.state.tokens[old.id]) return disarmAll(run, old);
  const token = run.token(old.id);
  rearmToken(run, crossing, before, token);
  if (token.wait === 'task') renewTerms(run, token);
  if (token.wait !== 'job' && token.wait !== 'continue') return;
  const [a, b] = [crossing.from.nodes[old.node]!, run.node(token.node)];
  if (a.id !== b.id || (token.wait === 'job' && jobText(a) !== jobText(b))) restartJob(run, b, token);
}

/** Candidates and dates are those of the new version, counted from when the task began. */
function renewTerms(run: Run, token: Token): void {
  const variables = visibleVariables(run, token.scope, token.locals);
  const terms = taskTerms(run, run.node(token.node), variables, token.since);
  if (terms) token.task = terms;
  else delete token.task;
}

/** The job that is out names an element or a topic that is no more: another one does its work. */
function restartJob(run: Run, node: Node, token: Token): void {
  run.effects.push({ type: 'remove-job', token: token.id, work: token.work! });
  token.work = token.work! + 1;
  if (token.wait === 'continue')
    run.effects.push({ type: 'create-continuation', token: token.id, node: node.id, work: token.work });
  else createJob(run, node, token, jobTerms(run, node, visibleVariables(run, token.scope, token.locals)));
}

/** Event sub-processes that the new version adds to an open scope listen from now on. */
function listenToNew(run: Run, { crossing, elements }: MigrationPlan, old: Scope): void {
  if ((old.kind !== 'process' && old.kind !== 'subProcess') || old.interrupted) return;
  const known = new Set(
    (crossing.from.eventSubProcesses[old.node] ?? [])
      .map((id) => elements.get(id)!)
      .filter(({ problems }) => problems.length === 0)
      .map(({ to }) => to),
  );
  const node = run.state.scopes[old.id]!.node;
  const all = prepareListeners(run, node, visibleVariables(run, old.id));
  openListeners(
    run,
    old.id,
    all.filter((listener) => !known.has(listener.node)),
  );
}

/** What a join held arrives there once more: it may be complete in the new version. */
function arriveAgain(run: Run, crossing: Crossing, old: Scope): void {
  if (!old.joins) return;
  const scope = run.scope(old.id);
  for (const [join, held] of Object.entries(old.joins)) {
    const node = crossing.node(join)!;
    for (const [flow, count] of Object.entries(held)) {
      scope.live += count;
      for (let i = 0; i < count; i++)
        run.push({ do: 'arrive', node, scope: scope.id, flow: crossing.flow(flow, node)! });
    }
  }
  dropStuck(run, scope.id);
}
