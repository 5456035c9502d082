import { bpmn, chain } from '../../support/bpmn.ts';
import type { Shape } from '../evidence.ts';

export const KEY = 'cluster';

/** What every case does. */
export const SHAPE: Shape = {
  tasks: ['a', 'b', 'last'],
  once: ['fork', 'pause', 'join', 'a', 'b', 'last', 'check', 'ask'],
  timers: ['pause'],
  repeating: { remind: 3 },
  automatic: { check: 'join', ask: 'check' },
  calling: 'ask',
};

const timer = (kind: string, text: string) => `<timerEventDefinition><${kind}>${text}</${kind}></timerEventDefinition>`;

/**
 * Two tasks and a timer side by side, joined, one task with a reminder that comes again; then work that a node does by
 * itself and a call to the bureau; then one more task.
 */
export const clusterModel = (department: string, bureau: string, remindEvery = 'PT1S') =>
  bpmn(
    '<startEvent id="s"/><parallelGateway id="fork"/><parallelGateway id="join"/><endEvent id="e"/><endEvent id="reminded"/>' +
      SHAPE.tasks
        .map((id) => `<userTask id="${id}" name="${id}" ov:department="${department}" ov:promise="3"/>`)
        .join('') +
      `<intermediateCatchEvent id="pause">${timer('timeDuration', 'PT1S')}</intermediateCatchEvent>` +
      `<boundaryEvent id="remind" attachedToRef="b" cancelActivity="false">${timer('timeCycle', `R3/${remindEvery}`)}</boundaryEvent>` +
      '<scriptTask id="check" scriptFormat="feel" camunda:asyncBefore="true" camunda:resultVariable="sum"><script>1 + 1</script></scriptTask>' +
      `<serviceTask id="ask"><extensionElements><ov:http method="GET" url="http://${bureau}/check"/></extensionElements></serviceTask>` +
      chain('s', 'fork', 'a', 'join', 'check', 'ask', 'last', 'e') +
      chain('fork', 'b', 'join') +
      chain('fork', 'pause', 'join') +
      chain('remind', 'reminded'),
    { id: KEY },
  );
