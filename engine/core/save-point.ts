import { Rejection } from '../kernel/rejection.ts';
import { isInstanceOf } from './activity.ts';
import type { Run, Work } from './run.ts';
import type { Token } from './state.ts';

/** True where the step has to end before this work: what was done so far is written down first, the rest is another step. */
export function isSavePoint(run: Run, { node, scope, saved }: Work, place: 'before' | 'after'): boolean {
  if (saved) return false;
  const holder = isInstanceOf(run, scope, node) ? (node.multi ?? node.loop) : node;
  return (place === 'before' ? holder?.saveBefore : holder?.saveAfter) === true;
}

/** The token waits for a job that takes it on: after a crash the case resumes here, not earlier. */
export function saveHere(run: Run, work: Work, place: 'before' | 'after'): void {
  const { node, scope } = work;
  const brought = 'variables' in work && work.variables;
  const token = run.newToken({
    node: node.id,
    scope,
    wait: 'continue',
    since: run.now,
    resume: place,
    ...(brought && { brought }),
    work: 1,
  });
  run.effects.push({ type: 'create-continuation', token: token.id, node: node.id, work: 1 });
}

/** Takes a saved token on. `job.closed`: it has gone on already. */
export function continueToken(run: Run, token: Token): void {
  if (token.wait !== 'continue')
    throw new Rejection(
      'conflict',
      'job.closed',
      `Expected token '${token.id}' to wait at a save point, but it waits for ${token.wait}`,
    );
  run.effects.push({ type: 'remove-job', token: token.id, work: token.work! });
  delete run.state.tokens[token.id];
  const node = run.node(token.node);
  const { scope, brought } = token;
  const more = { saved: true as const, ...(brought && { variables: brought }) };
  if (token.resume === 'after') run.push({ do: 'leave', node, scope, ...more });
  else if ((node.multi || node.loop) && !isInstanceOf(run, scope, node))
    run.push({ do: 'arrive', node, scope, flow: null, saved: true });
  else run.push({ do: 'activate', node, scope, ...more });
}
