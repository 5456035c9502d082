import type { JsonObject } from '../kernel/json.ts';
import type { Node } from '../model/graph.ts';
import { finish, finishAtOnce, writeVariables } from './activity.ts';
import { disarmAll, disarmEvent, happenedInParallel, rearm } from './armed.ts';
import { eventOfKey } from './armed-key.ts';
import { takeStart } from './event-sub-process.ts';
import { failToken, orIncident, resolveIncident } from './incidents.ts';
import { Trouble, type Run } from './run.ts';
import { saveHere } from './save-point.ts';
import { cancelToken } from './scope.ts';
import type { Token } from './state.ts';

/**
 * What a token armed under `key` has happened: the event the token itself waits for lets it go on, a boundary event
 * interrupts its activity or runs beside it, a start event begins its event sub-process, the first event behind a gateway
 * decides the way. `variables` are what the event brings.
 */
export function takeEvent(run: Run, id: string, key: string, variables: JsonObject): void {
  const token = run.token(id);
  const event = run.node(eventOfKey(key));
  if (event.parallelMultiple && !happenedInParallel(run, token, event, key)) {
    return writeVariables(run, token.scope, event, variables);
  }
  if (event.id === token.node) return takeOwn(run, token, event, variables);
  if (token.wait === 'listener') return takeStart(run, token, key, variables);
  if (event.kind === 'boundaryEvent') return takeBoundary(run, token, event, key, variables);
  takeWay(run, token, event, variables);
}

/** What the token waited for has come: it does not come again, even where the output mappings fail. */
function takeOwn(run: Run, token: Token, event: Node, variables: JsonObject): void {
  disarmEvent(run, token, event);
  if (token.incident) resolveIncident(run, token);
  orIncident(run, token, variables, () => finish(run, token, variables));
}

function takeBoundary(run: Run, token: Token, event: Node, key: string, variables: JsonObject): void {
  const { scope } = token;
  if (event.interrupting === false) {
    rearm(run, token, event, key);
    run.scope(scope).live++;
  } else {
    cancelToken(run, token);
  }
  goOnFrom(run, event, scope, variables);
}

/** The gateway has waited for the first of its events; the others are no longer awaited (BPMN 2.0.2 §13.4.4). */
function takeWay(run: Run, token: Token, event: Node, variables: JsonObject): void {
  const gateway = run.node(token.node);
  disarmAll(run, token);
  delete run.state.tokens[token.id];
  const flow = gateway.outgoing.find((id) => run.model.flows[id]!.target === event.id)!;
  run.event('element.completed', gateway.id, token.id, { flows: [flow] });
  goOnFrom(run, event, token.scope, variables, gateway.saveAfter);
}

/** A token goes on from an event that has happened, or waits there at a save point: the event's, or one just `before` it. */
export function goOnFrom(run: Run, event: Node, scope: string, variables: JsonObject, before = event.saveBefore): void {
  if (before) saveHere(run, { do: 'activate', node: event, scope, variables }, 'before');
  else passEvent(run, event, scope, variables);
}

/** The event is left; where its output mappings fail, the token waits there with an incident. */
export function passEvent(run: Run, event: Node, scope: string, variables: JsonObject): void {
  try {
    finishAtOnce(run, event, scope, variables);
  } catch (trouble) {
    if (!(trouble instanceof Trouble)) throw trouble;
    const token = run.newToken({ node: event.id, scope, wait: 'incident', since: run.now });
    failToken(run, token, { code: trouble.code, message: trouble.message, phase: 'finish', variables });
  }
}
