import type { JsonObject } from '../kernel/json.ts';
import { Rejection } from '../kernel/rejection.ts';
import type { Node } from '../model/graph.ts';
import { finish, writeVariables } from './activity.ts';
import { throwError } from './errors.ts';
import { throwEscalation } from './escalations.ts';
import { failToken } from './incidents.ts';
import { Trouble, type Run } from './run.ts';
import type { Token } from './state.ts';
import type { Call, Command, Escalation } from './step-types.ts';
import { evaluateMappings, visibleVariables } from './variables.ts';

/** What the called case is opened with. Evaluated before the token waits, so that a bad mapping leaves nothing half open. */
export function prepareCall(run: Run, node: Node, scopeId: string, locals: JsonObject | undefined): Call {
  const { definition, version, businessKey, passes, inputs } = node.call!;
  const visible = visibleVariables(run, scopeId, locals);
  const passed = passes === 'all' ? visible : passes === 'local' ? (locals ?? {}) : {};
  const key = run.evaluate(definition, visible).value;
  if (typeof key !== 'string' || key === '') {
    throw new Trouble(
      'call.bad_element',
      `Expected '${definition.text}' to name a process, but it gave ${JSON.stringify(key)}`,
    );
  }
  const named = businessKey && businessKey !== 'caller' ? run.evaluate(businessKey, visible).value : null;
  return {
    definition: key,
    version: version ? wholeNumber(run.evaluate(version, visible).value, version.text) : null,
    businessKey: typeof named === 'string' || typeof named === 'number' ? String(named) : null,
    sharesNumber: businessKey === 'caller',
    variables: { ...passed, ...evaluateMappings(run, inputs, visible) },
  };
}

function wholeNumber(value: unknown, text: string): number {
  const version = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof version === 'number' && Number.isInteger(version) && version > 0) return version;
  throw new Trouble('call.bad_version', `Expected '${text}' to be a version, but it gave ${JSON.stringify(value)}`);
}

export function announceCall(run: Run, token: Token, call: Call): void {
  run.effects.push({ type: 'call-case', token: token.id, node: token.node, work: token.work!, call });
}

/** Calls once more after an incident: another case, with the variables as they are now. */
export function callAgain(run: Run, token: Token): void {
  const call = prepareCall(run, run.node(token.node), token.scope, token.locals);
  token.wait = 'case';
  token.work = (token.work ?? 0) + 1;
  announceCall(run, token, call);
}

/** What the called case reports. `call.closed`: the token waits for another case by now, or for none. */
export function takeReport(
  run: Run,
  command: Command & { type: 'complete-call' | 'escalate-call' | 'fail-call' | 'throw-call-error' },
): void {
  const token = run.token(command.token);
  if (token.wait !== 'case' || token.work !== command.work) {
    throw new Rejection(
      'conflict',
      'call.closed',
      `Expected token '${token.id}' to wait for that case, but it does not`,
      {
        token: token.id,
      },
    );
  }
  switch (command.type) {
    case 'complete-call':
      escalate(run, token, command.escalations ?? []);
      // an escalation may have interrupted the call
      if (run.state.tokens[token.id]) completeCall(run, token, command.variables);
      return;
    case 'escalate-call':
      return escalate(run, token, command.escalations);
    case 'fail-call':
      return failToken(run, token, { code: command.code, message: command.message, phase: 'work' });
    case 'throw-call-error':
      return throwFromCall(run, token, command);
  }
}

function escalate(run: Run, { id, node, scope }: Token, escalations: readonly Escalation[]): void {
  for (const { code, variables } of escalations) {
    const token = run.state.tokens[id];
    if (token) throwEscalation(run, { token, scope }, node, code, variables);
  }
}

function completeCall(run: Run, token: Token, variables: JsonObject): void {
  try {
    finishCall(run, token, variables);
  } catch (trouble) {
    if (!(trouble instanceof Trouble)) throw trouble;
    failToken(run, token, { code: trouble.code, message: trouble.message, phase: 'finish', variables });
  }
}

/** Hands back what the mappings name of the called case's variables; then the token goes on. */
export function finishCall(run: Run, token: Token, variables: JsonObject): void {
  const node = run.node(token.node);
  const { returnsAll, outputs, localOutputs } = node.call!;
  const returned = evaluateMappings(run, outputs, variables);
  const local = evaluateMappings(run, localOutputs, variables);
  if (Object.keys(local).length > 0) token.locals = { ...token.locals, ...local };
  if (node.outputs.length === 0) return finish(run, token, returnsAll ? { ...variables, ...returned } : returned);
  writeVariables(run, token.scope, node, returned);
  finish(run, token, { ...variables, ...local });
}

/** An error that nothing in the called case caught goes on in the calling case, from the call activity outwards. */
export function throwFromCall(
  run: Run,
  token: Token,
  { code, message, variables, uncaught }: Omit<Command & { type: 'throw-call-error' }, 'type' | 'token' | 'work'>,
): void {
  // the called case is over: there is nothing left to cancel
  token.wait = 'scope';
  try {
    throwError(run, { token, scope: token.scope }, code, message, variables);
  } catch (trouble) {
    if (!(trouble instanceof Trouble)) throw trouble;
    const incident = { code: uncaught ?? trouble.code, message: trouble.message, phase: 'work' } as const;
    failToken(run, token, uncaught === undefined ? incident : { ...incident, error: { code, message } });
  }
}
