import { bpmn, chain } from '../../support/bpmn.ts';
import type { Shape } from '../evidence.ts';

export const KEY = 'cluster';

/** What every case does. */
export const SHAPE: Shape = {
  tasks: ['a', 'b', 'last'],
  once: ['fork', 'pause', 'join', 'a', 'b', 'last', 'check', 'ask'],
  timers: ['pause'],
  repeating: { remind: { of: 'b', most: 3 } },
  automatic: { check: 'join', ask: 'check' },
  calling: 'ask',
  records: { readBy: 'check', into: 'seen', putBy: 'last' },
};

const timer = (kind: string, text: string) => `<timerEventDefinition><${kind}>${text}</${kind}></timerEventDefinition>`;

const puts = (task: string) =>
  task === 'last'
    ? '<dataOutputAssociation><targetRef>register</targetRef><transformation>{ by: last }</transformation></dataOutputAssociation>'
    : '';

/**
 * Two tasks and a timer side by side, joined, one task with a reminder that comes again; then work that a node does by
 * itself and a call to the bureau; then one more task. The work reads what the last task of another case has put down.
 */
export const clusterModel = (department: string, bureau: string, remindEvery = 'PT1S') =>
  bpmn(
    '<startEvent id="s"/><parallelGateway id="fork"/><parallelGateway id="join"/><endEvent id="e"/><endEvent id="reminded"/>' +
      SHAPE.tasks
        .map(
          (id) =>
            `<userTask id="${id}" name="${id}" ov:department="${department}" ov:promise="3">${puts(id)}</userTask>`,
        )
        .join('') +
      `<intermediateCatchEvent id="pause">${timer('timeDuration', 'PT1S')}</intermediateCatchEvent>` +
      `<boundaryEvent id="remind" attachedToRef="b" cancelActivity="false">${timer('timeCycle', `R3/${remindEvery}`)}</boundaryEvent>` +
      // few enough that cases meet at one, enough that what was put down stands for a while
      '<dataStoreReference id="register" dataStoreRef="Register" ov:key="= substring(application, 1, 1)"/>' +
      '<scriptTask id="check" scriptFormat="feel" camunda:asyncBefore="true" camunda:resultVariable="seen">' +
      '<ioSpecification><dataInput id="found" name="record"/><inputSet/><outputSet/></ioSpecification>' +
      '<dataInputAssociation><sourceRef>register</sourceRef><targetRef>found</targetRef></dataInputAssociation>' +
      '<script>if record = null then null else record.by</script></scriptTask>' +
      `<serviceTask id="ask"><extensionElements><ov:http method="GET" url="http://${bureau}/check"/></extensionElements></serviceTask>` +
      chain('s', 'fork', 'a', 'join', 'check', 'ask', 'last', 'e') +
      chain('fork', 'b', 'join') +
      chain('fork', 'pause', 'join') +
      chain('remind', 'reminded'),
    { id: KEY, roots: '<dataStore id="Register" name="register"/>' },
  );
