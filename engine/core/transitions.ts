import type { JsonObject } from '../kernel/json.ts';
import type { Node } from '../model/graph.ts';
import { finish, isInstanceOf } from './activity.ts';
import { closeListeners } from './event-sub-process.ts';
import { judgeConditions } from './conditions.ts';
import { endAdHoc, endsAdHoc, staysOpen } from './ad-hoc.ts';
import { behaviours } from './behaviours/index.ts';
import { arriveAtComplex, leaveComplex } from './complex-gateway.ts';
import { compensationQuiet, rememberActivity, rememberScope } from './compensation.ts';
import { takeFlows } from './flows.ts';
import { orIncident, parkStuckJoin, parkWork } from './incidents.ts';
import { arriveAtJoin, collectTokens, fireJoin } from './joins.ts';
import { iterationCompleted, openLoop } from './loop.ts';
import { instanceCompleted, openMultiInstance } from './multi-instance.ts';
import { Trouble, type Run, type Work } from './run.ts';
import { isSavePoint, saveHere } from './save-point.ts';
import { openSubProcess } from './sub-process.ts';
import { passEvent } from './take-event.ts';
import { throwAll } from './throw.ts';
import { leaveCancelled } from './transaction.ts';
import { visibleVariables } from './variables.ts';

/** The step took more transitions than its budget: an endless loop, or as good as one. */
export class BudgetSpent {}

/** Runs until every token waits or is gone. `park`: go nowhere, leave an incident where each token would have gone. */
export function runToRest(run: Run, park: boolean): void {
  if (!park) judgeConditions(run);
  for (;;) {
    for (let work = run.next(); work; work = run.next()) {
      if (park)
        parkWork(
          run,
          work,
          new Trouble(
            'case.step_budget',
            'Expected the case to come to rest, but it ran through more transitions than one step may take',
          ),
        );
      else if (--run.budget < 0) throw new BudgetSpent();
      else {
        takeOne(run, work);
        judgeConditions(run);
      }
    }
    if (fireJoin(run)) continue;
    if (!completeQuietScope(run)) return;
  }
}

function takeOne(run: Run, work: Work): void {
  try {
    transition(run, work);
  } catch (trouble) {
    if (!(trouble instanceof Trouble)) throw trouble;
    parkWork(run, work, trouble);
  }
}

function transition(run: Run, work: Work): void {
  const { node, scope } = work;
  switch (work.do) {
    case 'arrive': {
      if (node.kind === 'complexGateway' && node.incoming.length > 1)
        return arriveAtComplex(run, node, scope, work.flow!);
      const joins = node.incoming.length > 1 && (node.kind === 'parallelGateway' || node.kind === 'inclusiveGateway');
      if (joins && !arriveAtJoin(run, node, scope, work.flow!)) return;
      if (node.startQuantity !== undefined && work.flow !== null) {
        return collectTokens(run, node, scope, work.flow);
      }
      if (isSavePoint(run, work, 'before')) return saveHere(run, work, 'before');
      if (node.multi) return openMultiInstance(run, node, scope);
      return node.loop ? openLoop(run, node, scope) : behaviours[node.kind](run, node, scope);
    }
    case 'activate':
      if (isSavePoint(run, work, 'before')) return saveHere(run, work, 'before');
      return activate(run, node, scope, work.variables);
    case 'throw':
      return throwAll(run, node, scope);
    case 'leave':
      if (isSavePoint(run, work, 'after')) return saveHere(run, work, 'after');
      if (!isInstanceOf(run, scope, node)) {
        const over = endsAdHoc(run, node, scope);
        if (node.kind === 'complexGateway') leaveComplex(run, node, scope, work.variables);
        else takeFlows(run, node, scope);
        rememberActivity(run, node, scope);
        if (over) endAdHoc(run, scope);
        return;
      }
      return node.loop ? iterationCompleted(run, node, scope) : instanceCompleted(run, node, scope);
  }
}

function activate(run: Run, node: Node, scope: string, variables: JsonObject | undefined): void {
  if (node.triggeredByEvent) return openSubProcess(run, node, scope, variables ?? {});
  if (!variables) return behaviours[node.kind](run, node, scope);
  if (node.kind === 'complexGateway') return run.push({ do: 'leave', node, scope, variables });
  passEvent(run, node, scope, variables);
}

/** Ends one scope in which no token is alive. False when there is none. */
function completeQuietScope(run: Run): boolean {
  for (const id of run.quiet) {
    run.quiet.delete(id);
    const scope = run.state.scopes[id];
    if (!scope || scope.live > 0) continue;
    if (staysOpen(run, id)) return true;
    if (scope.joins) parkStuckJoin(run, id);
    else if (scope.kind === 'process') endCase(run);
    else if (scope.kind === 'compensation') compensationQuiet(run, scope);
    else if (scope.cancelling) leaveCancelled(run, scope);
    else {
      const owner = run.token(scope.owner!);
      const { outputs, writes } = run.node(owner.node);
      const variables = outputs.length > 0 || writes?.length ? visibleVariables(run, id) : {};
      closeListeners(run, id);
      rememberScope(run, scope, owner);
      delete run.state.scopes[id];
      orIncident(run, owner, variables, () => finish(run, owner, variables));
    }
    return true;
  }
  return false;
}

function endCase(run: Run): void {
  closeListeners(run, '0');
  delete run.scope('0').compensable;
  run.state.status = run.terminated ? 'terminated' : 'completed';
  run.event(run.terminated ? 'case.terminated' : 'case.completed');
}
