import { bpmn, chain } from '../../support/bpmn.ts';

export const KEY = 'cluster';
/** The tasks of every case. */
export const TASKS = ['a', 'b', 'last'] as const;
/** Elements that every case passes exactly once. */
export const ONCE = ['fork', 'pause', 'join', 'a', 'b', 'last', 'check'] as const;

/** Two tasks and a timer side by side, joined; then work that a node does by itself; then one more task. */
export const clusterModel = (department: string) =>
  bpmn(
    '<startEvent id="s"/><parallelGateway id="fork"/><parallelGateway id="join"/><endEvent id="e"/>' +
      ['a', 'b', 'last']
        .map((id) => `<userTask id="${id}" name="${id}" ov:department="${department}" ov:promise="3"/>`)
        .join('') +
      '<intermediateCatchEvent id="pause"><timerEventDefinition><timeDuration>PT1S</timeDuration></timerEventDefinition></intermediateCatchEvent>' +
      '<scriptTask id="check" scriptFormat="feel" camunda:asyncBefore="true" camunda:resultVariable="sum"><script>1 + 1</script></scriptTask>' +
      chain('s', 'fork', 'a', 'join', 'check', 'last', 'e') +
      chain('fork', 'b', 'join') +
      chain('fork', 'pause', 'join'),
    { id: KEY },
  );
