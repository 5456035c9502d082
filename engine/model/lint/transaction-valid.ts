import type { ParsedNode } from '../parsed-model.ts';
import { defineRule } from './rule.ts';
import { named } from './words.ts';

/** A transaction is cancelled from inside and left by its cancel boundary event (BPMN 2.0.2 §10.3.5). */
export const rule = defineRule('transaction-valid', ({ nodes, byId, boundary }, report) => {
  const cancels = (node: ParsedNode) => node.events.some(({ type }) => type === 'cancel');
  const checked = new Set<string>();
  for (const node of nodes.filter(cancels)) {
    const { zh, en } = named(node);
    if (node.type === 'boundaryEvent') {
      const host = byId.get(node.attachedTo ?? '');
      if (host && host.type !== 'transaction') {
        report.error(node.id, `${zh}只能附着在事务子流程上`, `${en} can only be attached to a transaction`);
      } else if (host && boundary(host.id).find(cancels) !== node) {
        report.error(node.id, `${named(host).zh}只能有一个取消边界事件`, `${named(host).en} may have one cancel event`);
      }
      continue;
    }
    let around = byId.get(node.scope);
    while (around?.triggeredByEvent) around = byId.get(around.scope);
    if (around?.type !== 'transaction') {
      report.error(node.id, `${zh}只能放在事务子流程中`, `${en} must stand directly in a transaction`);
    } else if (!checked.has(around.id)) {
      checked.add(around.id);
      const { zh: outerZh, en: outerEn } = named(around);
      if (!boundary(around.id).some(cancels)) {
        report.error(
          around.id,
          `${outerZh}可能被取消，必须有取消边界事件`,
          `${outerEn} can be cancelled and needs a cancel boundary event`,
        );
      }
      if (around.loop) {
        report.error(
          around.id,
          `${outerZh}可能被取消，不能循环或多实例；请在外面再套一层子流程`,
          `${outerEn} can be cancelled and cannot loop; put a sub-process that loops around it`,
        );
      }
    }
  }
});
