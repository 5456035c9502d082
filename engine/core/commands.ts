import type { JsonObject } from '../kernel/json.ts';
import { Rejection } from '../kernel/rejection.ts';
import { finish } from './activity.ts';
import { rearm } from './armed.ts';
import { openListeners, prepareListeners, takeStart } from './event-sub-process.ts';
import { throwError } from './errors.ts';
import { failToken, retryToken } from './incidents.ts';
import { Trouble, type Run } from './run.ts';
import { continueToken } from './save-point.ts';
import { cancelScopes, cancelToken } from './scope.ts';
import type { Armed, Token, TokenWait } from './state.ts';
import type { Command } from './step-types.ts';
import { beginScope } from './sub-process.ts';
import { refuseUnsafeName, setVariables } from './variables.ts';

/** What a command does at once; the tokens it frees run on afterwards. */
export function applyCommand(run: Run, command: Command): void {
  if ('variables' in command) Object.keys(command.variables).forEach(refuseUnsafeName);
  switch (command.type) {
    case 'start':
      return startCase(run, command);
    case 'complete-task':
      return completeWork(run, waitingToken(run, command.token, 'task'), command.variables);
    case 'complete-job':
      return completeWork(run, waitingToken(run, command.token, 'job'), command.variables);
    case 'fail-job': {
      const token = jobToken(run, command.token);
      run.effects.push({ type: 'remove-job', token: token.id, work: token.work! });
      return failToken(run, token, { code: command.code, message: command.message, phase: 'work' });
    }
    case 'throw-error':
      return throwFromJob(run, command);
    case 'fire-timer':
      return fireTimer(run, command.token, command.event);
    case 'deliver-message':
      return deliverMessage(run, command.token, command.event, command.variables);
    case 'continue':
      return continueToken(run, run.token(command.token));
    case 'retry':
      return retryToken(run, run.token(command.token));
    case 'cancel':
      return cancelCase(run, command.reason);
  }
}

/** `case.no_start_event`: the process has no start event of that kind. */
function startCase(run: Run, { variables, startEvent }: Command & { type: 'start' }): void {
  const entries = run.model.entries['']!.map((id) => run.node(id));
  const starts = entries.filter((node) => node.kind === 'startEvent');
  const chosen = starts.find((node) => (startEvent === undefined ? !node.trigger : node.id === startEvent));
  const begin = starts.length === 0 && startEvent === undefined ? entries : chosen ? [chosen] : [];
  if (begin.length === 0) {
    throw new Rejection(
      'invalid',
      'case.no_start_event',
      `Expected a ${startEvent ? `start event '${startEvent}'` : 'none start event'}, but the process has none`,
    );
  }
  setVariables(run, '0', variables);
  run.event('case.started', chosen?.id, undefined, variables);
  openListeners(run, '0', prepareListeners(run, '', run.state.scopes['0']!.variables));
  beginScope(
    run,
    '0',
    begin.map(({ id }) => id),
  );
}

/** `task.closed` or `job.closed`: the token waits for something else by now. */
function waitingToken(run: Run, id: string, wait: TokenWait & ('task' | 'job')): Token {
  const token = run.token(id);
  if (token.wait !== wait)
    throw new Rejection(
      'conflict',
      `${wait}.closed`,
      `Expected token '${id}' to wait for a ${wait}, but it waits for ${token.wait}`,
    );
  return token;
}

/** A failed job is that of a service, or that of a save point. */
function jobToken(run: Run, id: string): Token {
  return run.token(id).wait === 'continue' ? run.token(id) : waitingToken(run, id, 'job');
}

function completeWork(run: Run, token: Token, variables: JsonObject): void {
  if (token.wait === 'task') run.effects.push({ type: 'close-task', token: token.id, outcome: 'completed' });
  else run.effects.push({ type: 'remove-job', token: token.id, work: token.work! });
  orIncident(run, token, variables, () => finish(run, token, variables));
}

/** Output mappings may fail; the work itself is done all the same. */
function orIncident(run: Run, token: Token, variables: JsonObject, work: () => void): void {
  try {
    work();
  } catch (trouble) {
    if (!(trouble instanceof Trouble)) throw trouble;
    failToken(run, token, { code: trouble.code, message: trouble.message, phase: 'finish', variables });
  }
}

function throwFromJob(run: Run, { token: id, code, message, variables }: Command & { type: 'throw-error' }): void {
  const token = waitingToken(run, id, 'job');
  try {
    throwError(run, { token, scope: token.scope }, code, message, variables);
  } catch (trouble) {
    if (!(trouble instanceof Trouble)) throw trouble;
    run.effects.push({ type: 'remove-job', token: id, work: token.work! });
    failToken(run, token, { code: trouble.code, message: trouble.message, phase: 'work' });
  }
}

/** `timer.not_armed`; `timer.early` before its due time. */
function fireTimer(run: Run, id: string, event: string): void {
  const { token, armed } = armedEvent(run, id, event, 'timer');
  if (armed.type === 'timer' && armed.dueAt > run.now) {
    throw new Rejection(
      'conflict',
      'timer.early',
      `Expected timer '${event}' to be due, but it is ${armed.dueAt - run.now} ms early`,
    );
  }
  run.event('timer.fired', event, id);
  takeEvent(run, token, event, {});
}

/** `message.not_awaited` */
function deliverMessage(run: Run, id: string, event: string, variables: JsonObject): void {
  const { token } = armedEvent(run, id, event, 'message');
  run.event('message.received', event, id);
  takeEvent(run, token, event, variables);
}

function armedEvent(run: Run, id: string, event: string, type: Armed['type']): { token: Token; armed: Armed } {
  const armed = run.state.tokens[id]?.armed?.[event];
  if (armed?.type !== type) {
    const code = type === 'timer' ? 'timer.not_armed' : 'message.not_awaited';
    throw new Rejection('conflict', code, `Expected ${type} '${event}' at token '${id}', but nothing waits for it`, {
      token: id,
      event,
    });
  }
  return { token: run.token(id), armed };
}

/** The event the token itself waits for lets it go on; a boundary event interrupts its activity or runs beside it. */
function takeEvent(run: Run, token: Token, event: string, variables: JsonObject): void {
  if (event === token.node) return orIncident(run, token, variables, () => finish(run, token, variables));
  if (token.wait === 'listener') return takeStart(run, token, event, variables);
  const boundary = run.node(event);
  setVariables(run, token.scope, variables);
  if (boundary.interrupting === false) {
    rearm(run, token, event);
    run.scope(token.scope).live++;
  } else {
    cancelToken(run, token);
  }
  run.push({ do: 'leave', node: boundary, scope: token.scope });
}

function cancelCase(run: Run, reason: string): void {
  cancelScopes(
    run,
    Object.values(run.state.scopes)
      .filter((scope) => scope.parent === '0')
      .map((scope) => scope.id),
  );
  for (const token of Object.values(run.state.tokens)) cancelToken(run, token);
  const root = run.scope('0');
  root.live = 0;
  delete root.joins;
  delete root.listeners;
  run.state.status = 'cancelled';
  run.event('case.cancelled', undefined, undefined, { reason });
}
