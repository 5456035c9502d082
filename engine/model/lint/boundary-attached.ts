import { defineRule } from './rule.ts';
import { named } from './words.ts';

const PASSED_AT_ONCE = new Set(['task', 'manualTask', 'scriptTask']);

export const rule = defineRule('boundary-attached', ({ nodes, byId, incoming }, report) => {
  for (const event of nodes) {
    if (event.type !== 'boundaryEvent') continue;
    const { zh, en } = named(event);
    const host = event.attachedTo === undefined ? undefined : byId.get(event.attachedTo);
    if (!host) {
      report.error(event.id, `${zh}没有附着在任何活动上`, `${en} is not attached to an activity`);
    } else if (!/Task$|^task$|subProcess$|^callActivity$|^transaction$/i.test(host.type)) {
      report.error(
        event.id,
        `${zh}只能附着在活动上，不能附着在${named(host).zh}上`,
        `${en} must be attached to an activity, not to ${named(host).en}`,
      );
    } else if (host.triggeredByEvent) {
      report.error(event.id, `${zh}不能附着在事件子流程上`, `${en} cannot be attached to an event sub-process`);
    } else if (host.scope !== event.scope) {
      report.error(
        event.id,
        `${zh}与所附着的活动不在同一层`,
        `${en} and the activity it is attached to lie in different scopes`,
      );
    } else if (PASSED_AT_ONCE.has(host.type) && event.events[0]?.type !== 'compensate') {
      report.warning(
        event.id,
        `${named(host).zh}立即完成，${zh}永远不会触发`,
        `${named(host).en} is passed at once, so ${en} never fires`,
      );
    }
    if (event.events.some(({ type }) => type === 'error') && !event.interrupting) {
      report.error(
        event.id,
        `${zh}捕获错误，必须是中断型（cancelActivity="true"）`,
        `${en} catches an error and must interrupt (cancelActivity="true")`,
      );
    }
    if (incoming(event.id).length > 0)
      report.error(event.id, `${zh}不能有流入的顺序流`, `${en} cannot have incoming sequence flows`);
  }
});
