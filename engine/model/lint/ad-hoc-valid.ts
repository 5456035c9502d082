import { entriesOf } from '../entries.ts';
import { defineRule } from './rule.ts';
import { named } from './words.ts';

/** In an ad-hoc sub-process somebody chooses what begins: it has activities, and neither start nor end (BPMN 2.0.2 §10.3.5). */
export const rule = defineRule('ad-hoc-valid', ({ nodes, inside, incoming }, report) => {
  for (const node of nodes) {
    if (!node.adHoc) continue;
    const { zh, en } = named(node);
    const inner = inside(node.id);
    for (const event of inner.filter(({ type }) => type === 'startEvent' || type === 'endEvent')) {
      report.error(
        event.id,
        `${zh}中不能有${named(event).zh}`,
        `${named(event).en} cannot stand directly in ${en}: what begins there is chosen`,
      );
    }
    if (inner.some(({ type }) => type === 'startEvent')) continue;
    const choices = entriesOf(inner, (id) => incoming(id).length > 0);
    if (choices.length === 0) {
      report.error(node.id, `${zh}中没有可以选择的活动`, `${en} has no activity to choose`);
    }
    for (const odd of choices.filter(({ type }) => /Gateway$|Event$/.test(type))) {
      report.error(
        odd.id,
        `${named(odd).zh}没有流入，但${zh}中只能选择活动`,
        `No flow leads to ${named(odd).en}, but only activities can be chosen in ${en}`,
      );
    }
  }
});
