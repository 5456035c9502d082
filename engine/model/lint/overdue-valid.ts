import { isJsonObject } from '../../kernel/json.ts';
import type { ExpressionCompiler } from '../compile.ts';
import type { Source } from '../source.ts';
import { defineRule } from './rule.ts';
import { named, short } from './words.ts';

const DOES = new Set(['remind', 'escalate', 'deemedConsent']);

/** Silence counts as consent only where a rule says so, and it is said what the silent one is taken to have entered. */
export const rule = defineRule('overdue-valid', ({ nodes, compileExpression }, report) => {
  for (const node of nodes) {
    if (!node.overdue) continue;
    const { does, basis, result } = node.overdue;
    const { zh, en } = named(node);
    if (does !== undefined && !DOES.has(does)) {
      report.error(
        node.id,
        `${zh}的逾期处理“${short(does)}”未知，应为 remind（提醒）、escalate（上报）或 deemedConsent（视为同意）`,
        `What ${en} does when overdue, '${short(does)}', is unknown; use remind, escalate or deemedConsent`,
      );
      continue;
    }
    if (does !== 'deemedConsent' && (basis !== undefined || result !== undefined)) {
      report.warning(
        node.id,
        `${zh}写了视为同意的依据或结果，但没有选择视为同意（ov:onOverdue="deemedConsent"），不会生效`,
        `${en} states basis or result of a deemed consent, but not ov:onOverdue="deemedConsent": they have no effect`,
      );
    }
    if (does === undefined) continue;
    if (node.limit?.value === undefined && (does === 'deemedConsent' || !node.assignment?.dueDate)) {
      report.error(
        node.id,
        `${zh}没有承诺时限（ov:promise），不会逾期`,
        `${en} has no promise (ov:promise) and is never overdue`,
      );
    }
    if (does !== 'deemedConsent') continue;
    if (!basis?.trim()) {
      report.error(
        node.id,
        `${zh}逾期视为同意，但没有写依据（ov:deemedBasis）：没有规定，沉默不等于同意`,
        `${en} takes silence for consent without a legal basis (ov:deemedBasis): without a rule, silence is no consent`,
      );
    }
    if (!result) {
      report.error(
        node.id,
        `${zh}逾期视为同意，但没有写填报结果（ov:deemedResult），例如 { opinion: "同意" }`,
        `${en} takes silence for consent, but does not say what is entered (ov:deemedResult), for example { opinion: "agreed" }`,
      );
    }
    if (result && neverContext(result, compileExpression)) {
      report.error(
        node.id,
        `${zh}视为同意的填报结果（ov:deemedResult）不是一组数据，无法登记；应写成 { opinion: "同意" } 的形式`,
        `What ${en} enters for a deemed consent (ov:deemedResult) is no context and cannot be entered; write it like { opinion: "agreed" }`,
      );
    }
  }
});

/** It reads nothing of the case, so that it gives always the same: something else than a context. */
function neverContext(source: Source, compile: ExpressionCompiler): boolean {
  const compiled = 'feel' in source ? compile(source.feel) : undefined;
  if (!compiled?.ok || compiled.expression.names.length > 0 || compiled.expression.readsClock) return false;
  const given = compiled.expression.evaluate?.({});
  return given?.ok === true && !isJsonObject(given.value);
}
