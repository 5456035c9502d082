import { finish } from './activity.ts';
import { callAgain, finishCall, throwFromCall } from './called-case.ts';
import type { JsonObject } from '../kernel/json.ts';
import { Rejection } from '../kernel/rejection.ts';
import { createJob, jobTerms } from './job.ts';
import type { Incident, Token } from './state.ts';
import { Trouble, type Run, type Work } from './run.ts';
import { visibleVariables } from './variables.ts';

/** The token that could not go on waits at its node; everything else in the case stays as it is. */
export function parkWork(run: Run, work: Work, trouble: Trouble): void {
  const incident: Incident = { code: trouble.code, message: trouble.message, phase: work.do };
  if (work.do === 'arrive' && work.flow !== null) incident.flow = work.flow;
  if ('variables' in work && work.variables) incident.variables = work.variables;
  const token = run.newToken({ node: work.node.id, scope: work.scope, wait: 'incident', since: run.now, incident });
  announce(run, token, incident);
}

/** A join that holds tokens while nothing in its scope can reach it any more. */
export function parkStuckJoin(run: Run, scopeId: string): void {
  const scope = run.scope(scopeId);
  const gateway = Object.keys(scope.joins!)[0]!;
  const incident: Incident = {
    code: 'join.never_fires',
    message: `Expected the other tokens of join '${gateway}', but none is left that could arrive`,
    phase: 'stuck',
  };
  scope.live++;
  announce(run, run.newToken({ node: gateway, scope: scopeId, wait: 'incident', since: run.now, incident }), incident);
}

/** The work of a waiting token failed: the token keeps its place, the incident says why. */
export function failToken(run: Run, token: Token, incident: Incident): void {
  token.wait = 'incident';
  token.incident = incident;
  announce(run, token, incident);
}

/** Output mappings may fail; the work itself is done all the same. */
export function orIncident(run: Run, token: Token, variables: JsonObject, work: () => void): void {
  try {
    work();
  } catch (trouble) {
    if (!(trouble instanceof Trouble)) throw trouble;
    failToken(run, token, { code: trouble.code, message: trouble.message, phase: 'finish', variables });
  }
}

/** Takes a parked token up again where it stopped. `incident.not_found` */
export function retryToken(run: Run, token: Token): void {
  const { incident } = token;
  if (!incident)
    throw new Rejection(
      'not-found',
      'incident.not_found',
      `Expected an incident at token '${token.id}', but there is none`,
      { token: token.id },
    );
  resolveIncident(run, token);
  const node = run.node(token.node);
  switch (incident.phase) {
    case 'work':
      if (incident.error !== undefined) return throwAgain(run, token, incident.code, incident.error);
      if (node.call && !token.resume) return callAgain(run, token);
      token.work = (token.work ?? 1) + 1;
      token.wait = token.resume ? 'continue' : 'job';
      if (token.resume)
        run.effects.push({ type: 'create-continuation', token: token.id, node: token.node, work: token.work });
      else createJob(run, node, token, jobTerms(run, node, visibleVariables(run, token.scope, token.locals)));
      return;
    case 'finish':
      return (node.call ? finishCall : finish)(run, token, incident.variables ?? {});
    case 'stuck':
      delete run.state.tokens[token.id];
      return run.consume(token.scope);
    case 'arrive':
      delete run.state.tokens[token.id];
      return run.push({ do: 'arrive', node, scope: token.scope, flow: incident.flow ?? null });
    case 'activate':
    case 'leave':
      delete run.state.tokens[token.id];
      return run.push({
        do: incident.phase,
        node,
        scope: token.scope,
        saved: true,
        ...(incident.variables && { variables: incident.variables }),
      });
    case 'condition':
      token.wait = 'condition';
      return run.watchCondition(token.id, token.node);
    case 'throw':
      delete run.state.tokens[token.id];
      return run.push({ do: 'throw', node, scope: token.scope });
  }
}

/** By now something may catch it: the case has been taken to another version. */
function throwAgain(run: Run, token: Token, uncaught: string, error: NonNullable<Incident['error']>): void {
  throwFromCall(run, token, { ...error, variables: {}, uncaught });
}

export function resolveIncident(run: Run, token: Token): void {
  run.effects.push({ type: 'resolve-incident', token: token.id });
  run.event('incident.resolved', token.node, token.id);
  delete token.incident;
}

function announce(run: Run, token: Token, { code, message }: Incident): void {
  run.effects.push({ type: 'open-incident', token: token.id, node: token.node, code, message });
  run.event('incident.opened', token.node, token.id, { code, message });
}
