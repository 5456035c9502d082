import { defineRule } from './rule.ts';
import { named } from './words.ts';

/** More instances than this in one body is a mistake in the model; the core stops there as well. */
const MAX_INSTANCES = 10_000;

export const rule = defineRule('multi-instance-valid', ({ nodes }, report) => {
  for (const node of nodes) {
    if (node.loop?.type !== 'multiInstance') continue;
    const { zh, en } = named(node);
    const { cardinality, collection, elementVariable, outputCollection, outputElement } = node.loop;
    if (!cardinality && !collection) {
      report.error(
        node.id,
        `${zh}是多实例，必须指定数量或集合`,
        `${en} is multi-instance and needs a cardinality or a collection`,
      );
    }
    if (cardinality && collection) {
      report.error(node.id, `${zh}的数量和集合只能指定一种`, `${en} may have a cardinality or a collection, not both`);
    }
    const text = cardinality && 'feel' in cardinality ? cardinality.feel : undefined;
    if (text !== undefined && /^[-+]?[\d.]+$/.test(text)) {
      const count = Number(text);
      if (!Number.isInteger(count) || count < 0) {
        report.error(node.id, `${zh}的数量应为非负整数`, `The cardinality of ${en} must be a whole number from 0`);
      } else if (count > MAX_INSTANCES) {
        report.error(
          node.id,
          `${zh}的数量超过上限 ${MAX_INSTANCES}`,
          `The cardinality of ${en} is above ${MAX_INSTANCES}`,
        );
      }
    }
    for (const event of node.loop.throws?.flatMap(({ events }) => events) ?? []) {
      if (event.type === 'signal' && event.name !== undefined && event.name !== '') continue;
      if (event.type === 'escalation' && event.code !== undefined) continue;
      report.error(
        node.id,
        `${zh}在实例结束时只能抛出有名称的信号或有代码的升级事件`,
        `${en} can throw only a named signal or an escalation with a code when an instance has ended`,
      );
    }
    if (elementVariable !== undefined && !collection) {
      report.warning(
        node.id,
        `${zh}没有集合，elementVariable 不会生效`,
        `${en} has no collection: elementVariable has no effect`,
      );
    }
    if ((outputCollection === undefined) !== (outputElement === undefined)) {
      report.error(
        node.id,
        `${zh}的 outputCollection 和 outputElement 必须同时指定`,
        `${en} needs outputCollection and outputElement together`,
      );
    }
  }
});
