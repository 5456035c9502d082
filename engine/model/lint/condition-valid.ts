import { defineRule } from './rule.ts';
import { refusalOf } from './source-check.ts';
import { named, short } from './words.ts';

const CONDITIONAL = /Gateway$|[tT]ask$|ubProcess$|^transaction$|^callActivity$/;

export const rule = defineRule('condition-valid', (context, report) => {
  for (const flow of context.flows) {
    if (!flow.condition) continue;
    const { zh, en } = named(flow);
    if (flow.language !== undefined && !/feel|juel/i.test(flow.language)) {
      report.error(
        flow.id,
        `${zh}的条件语言“${short(flow.language)}”不支持，只支持 FEEL`,
        `The condition of ${en} is in '${short(flow.language)}'; only FEEL runs`,
      );
      continue;
    }
    const refusal = refusalOf(flow.condition, context);
    if (refusal)
      report.error(flow.id, `${zh}的条件无效：${refusal.zh}`, `The condition of ${en} is not valid: ${refusal.en}`);
    const source = flow.source === undefined ? undefined : context.byId.get(flow.source);
    if (source && !CONDITIONAL.test(source.type)) {
      report.error(
        flow.id,
        `${named(source).zh}之后的顺序流不能带条件`,
        `A flow after ${named(source).en} cannot have a condition`,
      );
    } else if (source?.type === 'eventBasedGateway') {
      report.warning(
        flow.id,
        `${named(source).zh}由事件决定走向，${zh}的条件不会生效`,
        `An event decides the way after ${named(source).en}: the condition of ${en} has no effect`,
      );
    } else if (source?.type === 'parallelGateway') {
      report.warning(
        flow.id,
        `${named(source).zh}总是走所有分支，${zh}的条件不会生效`,
        `${named(source).en} takes every flow: the condition of ${en} has no effect`,
      );
    }
  }
});
