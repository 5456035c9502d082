import type { Ending, Happening, Leaf } from './random-block.ts';

const MESSAGE = '<messageEventDefinition messageRef="m"/>';
/** Nothing in the models waits for it: what a message begins must not send it once more. */
const SENT = '<messageEventDefinition messageRef="sent"/>';
const SIGNAL = '<signalEventDefinition signalRef="sig"/>';
const MESSAGE_OR_TIME = MESSAGE + '<timerEventDefinition><timeDuration>PT2H</timeDuration></timerEventDefinition>';

const AWAITED: Record<Happening, string> = {
  timer: '<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>',
  cycle: '<timerEventDefinition><timeCycle>R2/PT1H</timeCycle></timerEventDefinition>',
  date: '<timerEventDefinition><timeDate>2026-03-02T12:00:00+08:00</timeDate></timerEventDefinition>',
  clock: '<timerEventDefinition ov:value="1" ov:unit="workingHours" ov:times="2"/>',
  due: '<timerEventDefinition ov:before="promise" ov:of="case" ov:value="2"/>',
  message: MESSAGE,
  signal: SIGNAL,
  condition: when('true'),
  several: MESSAGE_OR_TIME,
  all: MESSAGE_OR_TIME,
};

const THROWN: Record<Ending | 'error' | 'compensate' | 'cancel' | 'terminate', string> = {
  message: SENT,
  signal: SIGNAL,
  escalation: '<escalationEventDefinition escalationRef="late"/>',
  several: SENT + SENT + SIGNAL,
  error: '<errorEventDefinition errorRef="bad"/>',
  compensate: '<compensateEventDefinition/>',
  cancel: '<cancelEventDefinition/>',
  terminate: '<terminateEventDefinition/>',
};

/** What their timers hang on. */
export const PROMISE = 'ov:promise="10"';

/** What the elements refer to. */
export const ROOTS =
  '<message id="m" name="news"/><message id="other" name="more"/><message id="sent" name="told"/><signal id="sig" name="alarm"/><error id="bad" errorCode="BAD"/>' +
  '<escalation id="late" escalationCode="LATE"/><dataStore id="ds" name="register"/>' +
  '<signalEventDefinition id="on-signal" signalRef="sig"/><escalationEventDefinition id="on-escalation" escalationRef="late"/>';

export function when(condition: string): string {
  return `<conditionalEventDefinition><condition>${condition}</condition></conditionalEventDefinition>`;
}

/** A user task with a handler that undoes it. */
export function undone(id: string): string {
  return (
    `<userTask id="${id}"/><userTask id="${id}u" isForCompensation="true"/>` +
    `<boundaryEvent id="${id}b" attachedToRef="${id}"><compensateEventDefinition/></boundaryEvent>` +
    `<association id="${id}a" associationDirection="One" sourceRef="${id}b" targetRef="${id}u"/>`
  );
}

/**
 * An event that waits: `awaiting('boundaryEvent', 'b1', 'timer', 'attachedToRef="t1"')`. What the flow itself waits for is
 * another message: one that begins something beside it would take each as it comes.
 */
export function awaiting(tag: string, id: string, event: Happening, attributes = ''): string {
  const parallel = event === 'all' ? 'parallelMultiple="true"' : '';
  const awaited = tag === 'intermediateCatchEvent' ? AWAITED[event].replace('"m"', '"other"') : AWAITED[event];
  return `<${tag} id="${id}" ${attributes} ${parallel}>${awaited}</${tag}>`;
}

/** An event that catches, or an end or intermediate event that throws, what the interpreter itself passes on. */
export function throwing(tag: string, id: string, event: keyof typeof THROWN, attributes = ''): string {
  return `<${tag} id="${id}" ${attributes}>${THROWN[event]}</${tag}>`;
}

/** What a multi-instance activity throws. */
export function definition(event: Ending): string {
  return THROWN[event];
}

export function instances(
  { count, sequential }: { count: number; sequential: boolean },
  inside = '',
  attributes = '',
): string {
  return `<multiInstanceLoopCharacteristics isSequential="${sequential}" ${attributes}><loopCardinality>${count}</loopCardinality>${inside}</multiInstanceLoopCharacteristics>`;
}

const extended = (inside: string) => `<extensionElements>${inside}</extensionElements>`;
const caught = (event: Happening) => (id: string) => awaiting('intermediateCatchEvent', id, event);
const thrown = (event: Ending) => (id: string) => throwing('intermediateThrowEvent', id, event);

export const LEAF_ELEMENTS: Record<
  Exclude<Leaf, 'link'>,
  readonly [prefix: string, element: (id: string) => string]
> = {
  user: ['u', (id) => `<userTask id="${id}"/>`],
  service: ['w', (id) => `<serviceTask id="${id}" ov:topic="work"/>`],
  script: [
    'c',
    (id) => `<scriptTask id="${id}" scriptFormat="feel" ov:result="${id}"><script>1 + 1</script></scriptTask>`,
  ],
  manual: ['m', (id) => `<manualTask id="${id}"/>`],
  abstract: ['m', (id) => `<task id="${id}"/>`],
  rule: ['c', (id) => `<businessRuleTask id="${id}" ov:expression="1 + 1" ov:result="${id}"/>`],
  http: [
    'w',
    (id) =>
      `<serviceTask id="${id}">${extended('<ov:http method="GET" url="https://registry.test/x" result="answer"/>')}</serviceTask>`,
  ],
  sendTask: ['d', (id) => `<sendTask id="${id}" messageRef="sent"/>`],
  retried: [
    'w',
    (id) =>
      `<serviceTask id="${id}" ov:topic="work" camunda:asyncAfter="true">${extended('<camunda:failedJobRetryTimeCycle>R2/PT1M</camunda:failedJobRetryTimeCycle>')}</serviceTask>`,
  ],
  mapped: [
    'u',
    (id) =>
      `<userTask id="${id}">${extended(`<ov:input target="${id}in" source="1 + 1"/><ov:output target="${id}out" source="${id}in + 1"/>`)}</userTask>`,
  ],
  assigned: [
    'u',
    (id) =>
      `<userTask id="${id}" ov:department="housing" ov:assignee="li" ov:promise="3" ov:statutory="5" ov:form="review"/>`,
  ],
  deemed: [
    'u',
    (id) =>
      `<userTask id="${id}" ov:department="housing" ov:promise="1" ov:statutory="1" ov:onOverdue="deemedConsent" ov:deemedBasis="某市条例第八条" ov:deemedResult="{ ${id}opinion: 1 + 1 }"/>`,
  ],
  data: [
    'u',
    (id) =>
      `<dataObject id="${id}o" name="${id}result"/><userTask id="${id}"><ioSpecification><dataInput id="${id}i" name="${id}given"/><inputSet/><outputSet/></ioSpecification><property id="${id}m" name="${id}memo"/>` +
      `<dataInputAssociation><targetRef>${id}i</targetRef><transformation>1 + 1</transformation></dataInputAssociation>` +
      `<dataOutputAssociation><targetRef>${id}o</targetRef><transformation>${id}given + 1</transformation></dataOutputAssociation></userTask>`,
  ],
  store: [
    'u',
    (id) =>
      `<dataStoreReference id="${id}r" name="${id}record" dataStoreRef="ds" ov:key="k"/><userTask id="${id}"><ioSpecification><dataInput id="${id}i" name="${id}given"/><inputSet/><outputSet/></ioSpecification>` +
      `<dataInputAssociation><sourceRef>${id}r</sourceRef><targetRef>${id}i</targetRef></dataInputAssociation>` +
      `<dataOutputAssociation><targetRef>${id}r</targetRef><transformation>{ count: if ${id}given = null then 1 else ${id}given.count + 1 }</transformation></dataOutputAssociation></userTask>`,
  ],
  nothing: ['x', (id) => `<intermediateThrowEvent id="${id}"/>`],
  timer: ['t', caught('timer')],
  date: ['t', caught('date')],
  cycle: ['t', caught('cycle')],
  clock: ['t', caught('clock')],
  due: ['t', caught('due')],
  message: ['g', caught('message')],
  receive: ['v', (id) => `<receiveTask id="${id}" messageRef="other"/>`],
  condition: ['j', caught('condition')],
  signal: ['y', caught('signal')],
  send: ['d', thrown('message')],
  call: ['a', (id) => `<callActivity id="${id}" calledElement="Other"/>`],
  saved: ['z', (id) => `<userTask id="${id}" camunda:asyncBefore="true" camunda:asyncAfter="true"/>`],
  several: ['j', caught('several')],
  all: ['j', caught('all')],
  throwSignal: ['x', thrown('signal')],
  throwSeveral: ['x', thrown('several')],
  escalate: ['x', thrown('escalation')],
};
