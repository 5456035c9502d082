import type { JsonObject } from '../kernel/json.ts';
import { Rejection } from '../kernel/rejection.ts';
import { triggersOf } from '../model/triggers-of.ts';
import { activateAdHoc, completeAdHoc } from './ad-hoc.ts';
import { finish } from './activity.ts';
import { disarmAll } from './armed.ts';
import { eventOfKey } from './armed-key.ts';
import { takeReport } from './called-case.ts';
import { throwError } from './errors.ts';
import { failToken, orIncident, retryToken } from './incidents.ts';
import { createJob } from './job.ts';
import { modifyCase } from './modification/modify.ts';
import { Trouble, type Run } from './run.ts';
import { continueToken } from './save-point.ts';
import { cancelAll } from './scope.ts';
import { deemConsent } from './deemed-consent.ts';
import type { Armed, Token, TokenWait } from './state.ts';
import { deliverSignal } from './signals.ts';
import { startCase } from './start.ts';
import type { Command } from './step-types.ts';
import { takeEvent } from './take-event.ts';
import { refuseUnsafeName, setVariables } from './variables.ts';

/** What a command does at once; the tokens it frees run on afterwards. */
export function applyCommand(run: Run, command: Command): void {
  if ('variables' in command) Object.keys(command.variables).forEach(refuseUnsafeName);
  switch (command.type) {
    case 'start':
      return startCase(run, command);
    case 'complete-task':
      return completeWork(run, waitingToken(run, command.token, 'task'), command.variables);
    case 'deem-consent':
      return deemConsent(run, waitingToken(run, command.token, 'task'));
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
    case 'deliver-signal':
      return receiveSignal(run, command.name, command.variables);
    case 'complete-call':
    case 'escalate-call':
    case 'fail-call':
    case 'throw-call-error':
      return takeReport(run, command);
    case 'activate-ad-hoc':
      return activateAdHoc(run, command.token, command.activities);
    case 'complete-ad-hoc':
      return completeAdHoc(run, command.token);
    case 'retry':
      return retryToken(run, run.token(command.token));
    case 'modify':
      return modifyCase(run, command);
    case 'set-variables':
      setVariables(run, '0', command.variables);
      return run.event('variables.set', undefined, undefined, command.variables);
    case 'cancel':
      return cancelCase(run, command.reason);
  }
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
  const { kind, job } = run.node(token.node);
  if (job?.message || kind === 'intermediateThrowEvent' || kind === 'endEvent') {
    return messageSent(run, token, variables);
  }
  orIncident(run, token, variables, () => finish(run, token, variables));
}

/** A message is out. A throw event with several sends the next one, then does what else it has to do. */
function messageSent(run: Run, token: Token, variables: JsonObject): void {
  const node = run.node(token.node);
  const { message, messages = [] } = node.job!;
  const sent = token.sent ?? 0;
  const name = (messages[sent] ?? message)?.name;
  run.event('message.sent', node.id, token.id, name === undefined ? {} : { name });
  if (sent + 1 < messages.length) {
    token.sent = sent + 1;
    token.work = token.work! + 1;
    createJob(run, node, token, {});
  } else if (triggersOf(node).some(({ type }) => type !== 'message')) {
    disarmAll(run, token);
    delete run.state.tokens[token.id];
    run.push({ do: 'throw', node, scope: token.scope });
  } else orIncident(run, token, variables, () => finish(run, token, variables));
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

/** `timer.not_armed`; `timer.early` before its due time, and while its clock stands still. */
function fireTimer(run: Run, id: string, event: string): void {
  const armed = armedEvent(run, id, event, 'timer');
  if (armed.type === 'timer' && (armed.dueAt === null || armed.dueAt > run.now)) {
    const early = armed.dueAt === null ? 'its clock stands still' : `it is ${armed.dueAt - run.now} ms early`;
    throw new Rejection('conflict', 'timer.early', `Expected timer '${event}' to be due, but ${early}`);
  }
  run.event('timer.fired', eventOfKey(event), id);
  takeEvent(run, id, event, {});
}

/** `message.not_awaited` */
function deliverMessage(run: Run, id: string, event: string, variables: JsonObject): void {
  armedEvent(run, id, event, 'message');
  run.event('message.received', eventOfKey(event), id);
  takeEvent(run, id, event, variables);
}

/** `signal.not_awaited` */
function receiveSignal(run: Run, name: string, variables: JsonObject): void {
  if (deliverSignal(run, name, variables) > 0) return;
  throw new Rejection(
    'conflict',
    'signal.not_awaited',
    `Expected the case to wait for signal '${name}', but it does not`,
    { name },
  );
}

function armedEvent(run: Run, id: string, event: string, type: Armed['type']): Armed {
  const armed = run.state.tokens[id]?.armed?.[event];
  if (armed?.type !== type || armed.done) {
    const code = type === 'timer' ? 'timer.not_armed' : 'message.not_awaited';
    throw new Rejection('conflict', code, `Expected ${type} '${event}' at token '${id}', but nothing waits for it`, {
      token: id,
      event,
    });
  }
  return armed;
}

function cancelCase(run: Run, reason: string): void {
  cancelAll(run);
  run.state.status = 'cancelled';
  run.event('case.cancelled', undefined, undefined, { reason });
}
