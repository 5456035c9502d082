import type { ParsedNode } from '../parsed-model.ts';
import { defineRule, type LintContext, type Report } from './rule.ts';
import { named, short } from './words.ts';

/** A compensation event on an activity leads to one handler, which nothing else leads to (BPMN 2.0.2 §10.7.1). */
export const rule = defineRule('compensation-valid', (context, report) => {
  const handlers = new Set(context.nodes.flatMap((node) => node.handlers ?? []));
  for (const node of context.nodes) {
    const event = node.events.find(({ type }) => type === 'compensate');
    if (event && node.type === 'boundaryEvent') checkBoundary(node, context, report);
    if (event && node.type === 'startEvent') checkStart(node, context, report);
    if (event?.type === 'compensate' && /Throw|^end/.test(node.type)) {
      if (event.activity !== undefined && !isInReach(event.activity, node, context)) {
        report.error(
          node.id,
          `${named(node).zh}要补偿的“${short(event.activity)}”不是同一层的活动`,
          `${named(node).en} compensates '${short(event.activity)}', which is no activity of its scope`,
        );
      }
    }
    if (!node.isForCompensation) continue;
    const { zh, en } = named(node);
    if (context.incoming(node.id).length + context.outgoing(node.id).length > 0) {
      report.error(node.id, `${zh}是补偿处理，不能有顺序流`, `${en} is a compensation handler and cannot have flows`);
    }
    if (!handlers.has(node.id)) {
      report.warning(
        node.id,
        `没有补偿边界事件关联到${zh}，它永远不会执行`,
        `No compensation boundary event is associated with ${en}: it never runs`,
      );
    }
  }
});

function checkBoundary(node: ParsedNode, { byId, outgoing }: LintContext, report: Report): void {
  const { zh, en } = named(node);
  const [handler, ...more] = node.handlers ?? [];
  if (handler === undefined || more.length > 0) {
    report.error(
      node.id,
      `${zh}必须用关联连到一个补偿活动（isForCompensation="true"）`,
      `${en} must be associated with one activity that is for compensation (isForCompensation="true")`,
    );
  } else if (byId.get(handler)?.scope !== node.scope) {
    report.error(node.id, `${zh}的补偿活动不在同一层`, `The handler of ${en} lies in another scope`);
  }
  if (outgoing(node.id).length > 0) {
    report.error(node.id, `${zh}不能有流出的顺序流`, `${en} cannot have outgoing sequence flows`);
  }
}

function checkStart(node: ParsedNode, { byId }: LintContext, report: Report): void {
  if (byId.get(node.scope)?.scope !== '') return;
  report.error(
    node.id,
    `${named(node).zh}补偿的是已完成的子流程，不能直接放在流程中`,
    `${named(node).en} compensates a completed sub-process and cannot stand in the process itself`,
  );
}

/** In the same scope; from an event sub-process also in the scope it stands in. */
function isInReach(activity: string, from: ParsedNode, { byId }: LintContext): boolean {
  const target = byId.get(activity);
  if (!target || target.type.endsWith('Event') || target.type.endsWith('Gateway')) return false;
  for (let scope: string | undefined = from.scope; scope !== undefined;) {
    if (target.scope === scope) return true;
    const around = byId.get(scope);
    scope = around?.triggeredByEvent ? around.scope : undefined;
  }
  return false;
}
