import type { Happening, Leaf } from './random-model.ts';

const DEFINITIONS: Record<Happening, string> = {
  timer: '<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>',
  cycle: '<timerEventDefinition><timeCycle>R2/PT1H</timeCycle></timerEventDefinition>',
  message: '<messageEventDefinition messageRef="m"/>',
  signal: '<signalEventDefinition signalRef="sig"/>',
  condition: when('true'),
  several:
    '<messageEventDefinition messageRef="m"/><timerEventDefinition><timeDuration>PT2H</timeDuration></timerEventDefinition>',
};

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

export function definition(trigger: Happening): string {
  return DEFINITIONS[trigger];
}

export function instances({ count, sequential }: { count: number; sequential: boolean }, inside = ''): string {
  return `<multiInstanceLoopCharacteristics isSequential="${sequential}"><loopCardinality>${count}</loopCardinality>${inside}</multiInstanceLoopCharacteristics>`;
}

export const caught = (event: Happening) => (id: string) =>
  `<intermediateCatchEvent id="${id}">${definition(event)}</intermediateCatchEvent>`;
const thrown = (event: Happening) => (id: string) =>
  `<intermediateThrowEvent id="${id}">${definition(event)}</intermediateThrowEvent>`;

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
  timer: ['t', caught('timer')],
  message: ['g', caught('message')],
  receive: ['v', (id) => `<receiveTask id="${id}" messageRef="m"/>`],
  signal: ['y', caught('signal')],
  send: ['d', thrown('message')],
  call: ['a', (id) => `<callActivity id="${id}" calledElement="Other"/>`],
  saved: ['z', (id) => `<userTask id="${id}" camunda:asyncBefore="true" camunda:asyncAfter="true"/>`],
  several: ['j', caught('several')],
  all: [
    'j',
    (id) =>
      `<intermediateCatchEvent id="${id}" parallelMultiple="true">${DEFINITIONS.several}</intermediateCatchEvent>`,
  ],
  throwSignal: ['x', thrown('signal')],
};
