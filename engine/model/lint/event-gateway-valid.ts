import type { ParsedNode } from '../parsed-model.ts';
import { linkOf } from '../link-flows.ts';
import { defineRule, type LintContext, type Report } from './rule.ts';
import { named } from './words.ts';

/** What a gateway or receive task waits for, and whether it may begin a case (BPMN 2.0.2 §10.6.6). */
export const rule = defineRule('event-gateway-valid', (context, report) => {
  for (const node of context.nodes) {
    if (node.type === 'eventBasedGateway') checkGateway(context, node, report);
    if (node.instantiate && node.scope !== '') {
      report.error(
        node.id,
        `${named(node).zh}位于子流程内，不能启动流程（instantiate）`,
        `${named(node).en} is inside a sub-process and cannot begin a case (instantiate)`,
      );
    } else if (node.instantiate && node.loop) {
      report.error(
        node.id,
        `${named(node).zh}启动流程，不能循环或多实例`,
        `${named(node).en} begins a case and cannot loop`,
      );
    }
  }
});

function checkGateway({ byId, outgoing, boundary }: LintContext, gateway: ParsedNode, report: Report): void {
  const { zh, en } = named(gateway);
  const flows = outgoing(gateway.id);
  if (flows.length === 0) report.error(gateway.id, `${zh}之后没有事件`, `No event stands behind ${en}`);
  if (gateway.parallel && !gateway.instantiate) {
    report.error(
      gateway.id,
      `${zh}只有在启动流程时（instantiate="true"）才能并行`,
      `${en} may be parallel only where it begins a case (instantiate="true")`,
    );
  }
  for (const flow of flows) {
    const target = flow.target === undefined ? undefined : byId.get(flow.target);
    if (!target) continue;
    if (!isAwaitable(target)) {
      report.error(
        target.id,
        `${zh}之后只能是中间捕获事件或接收任务，不能是${named(target).zh}`,
        `Behind ${en} stand intermediate catch events and receive tasks only, not ${named(target).en}`,
      );
    } else if (boundary(target.id).length > 0) {
      report.error(
        target.id,
        `${named(target).zh}位于事件网关之后，不能有边界事件`,
        `${named(target).en} stands behind an event-based gateway and cannot have boundary events`,
      );
    } else if (gateway.instantiate && !isMessageOnly(target)) {
      report.error(
        target.id,
        `${zh}启动流程，其后的${named(target).zh}只能等待消息`,
        `${en} begins a case, so ${named(target).en} behind it may wait for a message only`,
      );
    }
  }
}

function isAwaitable(node: ParsedNode): boolean {
  if (node.type === 'receiveTask') return !node.loop && !node.instantiate;
  return node.type === 'intermediateCatchEvent' && linkOf(node) === undefined;
}

function isMessageOnly(node: ParsedNode): boolean {
  return node.type === 'receiveTask' || (!node.parallelMultiple && node.events.every(({ type }) => type === 'message'));
}
