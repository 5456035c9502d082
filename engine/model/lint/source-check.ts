import type { Source } from '../source.ts';
import type { LintContext } from './rule.ts';

/** Why a source cannot run; undefined where it can. */
export function refusalOf(source: Source, { compileExpression }: LintContext): { zh: string; en: string } | undefined {
  if ('literal' in source) return undefined;
  if ('refused' in source) return { zh: source.zh, en: source.en };
  const compiled = compileExpression(source.feel);
  return compiled.ok ? undefined : { zh: compiled.zh, en: compiled.reason };
}
