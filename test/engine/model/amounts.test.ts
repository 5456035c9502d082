import { describe, expect, it } from '@jest/globals';
import { checkUpload } from '../../../engine/model/index.ts';
import { bpmn, chain } from '../../support/bpmn.ts';

/** Window, department and delivery: every phase has its clock, and the department is `t`. */
const phases = (process: string, task = 'ov:promise="3"', window = 'ov:milestone="accepted"') =>
  bpmn(
    `<startEvent id="s"/><userTask id="w" ov:department="window" ov:promise="1" ${window}/><userTask id="t" ov:department="tax" ${task} ov:milestone="decided"/><userTask id="d" ov:department="window" ov:promise="1"/><endEvent id="e"/>${chain('s', 'w', 't', 'd', 'e')}`,
    { processAttrs: process },
  );
const alone = (element: string) =>
  bpmn(`<startEvent id="s"/>${element}<endEvent id="e"/>${chain('s', 't', 'e')}`, {
    processAttrs: 'ov:promise="5"',
    roots: '<message id="m" name="m"/>',
  });
const timer = (attributes: string) =>
  alone(`<intermediateCatchEvent id="t"><timerEventDefinition ${attributes}/></intermediateCatchEvent>`);
const BESIDE = 'ov:promise="10"';

/** Where a model states an amount: its element, the model with it, what is right, and what is wrong here beside `NEVER`. */
const PLACES: readonly (readonly [
  string,
  string,
  (value: string) => string,
  right: string,
  wrong: readonly string[],
])[] = [
  ['promise of the case', 'P', (v) => phases(`ov:promise="${v}"`), '10', []],
  ['promise of a joint case', 'P', (v) => phases(`ov:joint="true" ov:promise="${v}"`), '10', []],
  ['statutory limit of the case', 'P', (v) => phases(`ov:statutory="${v}"`), '10', []],
  ['yellow of the case', 'P', (v) => phases(`${BESIDE} ov:yellow="${v}"`), '2', ['0', '0%', '101%', '100001']],
  ['start rule of the case', 'P', (v) => phases(`${BESIDE} ov:startRule="${v}"`), 'sameDay', ['0', '1']],
  ['unit of the case', 'P', (v) => phases(`${BESIDE} ov:unit="${v}"`), 'calendarDays', ['0', '1']],
  ['acceptance', 'P', (v) => phases(`${BESIDE} ov:acceptance="${v}"`), '5', ['0', '-2']],
  ['delivery', 'P', (v) => phases(`${BESIDE} ov:delivery="${v}"`), '10', ['0', '-2']],
  ['yellow of acceptance', 'P', (v) => phases(`${BESIDE} ov:acceptanceYellow="${v}"`), '2', ['0', '0%']],
  ['yellow of delivery', 'P', (v) => phases(`${BESIDE} ov:deliveryYellow="${v}"`), '2', ['0', '0%']],
  ['start rule of acceptance', 'P', (v) => phases(`${BESIDE} ov:acceptanceStartRule="${v}"`), 'sameDay', ['1']],
  ['start rule of delivery', 'P', (v) => phases(`${BESIDE} ov:deliveryStartRule="${v}"`), 'sameDay', ['1']],
  ['joint handling', 'P', (v) => phases(`${BESIDE} ov:joint="${v}"`), 'false', ['0', '1']],
  ['promise of a task', 't', (v) => phases(BESIDE, `ov:promise="${v}"`), '3', []],
  ['statutory limit of a task', 't', (v) => phases(BESIDE, `ov:promise="0" ov:statutory="${v}"`), '3', []],
  ['yellow of a task', 't', (v) => phases(BESIDE, `ov:promise="3" ov:yellow="${v}"`), '2', ['0', '4', '0%']],
  ['start rule of a task', 't', (v) => phases(BESIDE, `ov:promise="3" ov:startRule="${v}"`), 'sameDay', ['1']],
  [
    'statutory unit of a task',
    't',
    (v) => phases(BESIDE, `ov:statutory="3" ov:statutoryUnit="${v}"`),
    'workingHours',
    [],
  ],
  ['supplement', 'w', (v) => phases(BESIDE, undefined, `ov:milestone="accepted" ov:supplement="${v}"`), 'true', ['1']],
  ['amount of a timer', 't', (v) => timer(`ov:value="${v}"`), '3', ['0']],
  ['amount before a due date', 't', (v) => timer(`ov:before="promise" ov:value="${v}"`), '3', []],
  ['amount after a due date', 't', (v) => timer(`ov:after="promise" ov:value="${v}"`), '3', []],
  ['due date before which', 't', (v) => timer(`ov:value="1" ov:before="${v}"`), 'promise', ['1']],
  ['times of a timer', 't', (v) => timer(`ov:value="1" ov:after="promise" ov:times="${v}"`), '3', ['0']],
  ['tries', 't', (v) => alone(`<serviceTask id="t" ov:topic="x" ov:retries="${v}"/>`), '3', ['0', '101']],
  ['tokens to begin with', 't', (v) => alone(`<task id="t" startQuantity="${v}"/>`), '1', ['0', '1001']],
  ['tokens to end with', 't', (v) => alone(`<task id="t" completionQuantity="${v}"/>`), '3', ['0', '1001']],
  [
    'times of a loop',
    't',
    (v) => alone(`<task id="t"><standardLoopCharacteristics loopMaximum="${v}"/></task>`),
    '3',
    ['0'],
  ],
  [
    'version of a called process',
    't',
    (v) => alone(`<callActivity id="t" calledElement="x" ov:binding="version" ov:version="${v}"/>`),
    '3',
    ['0'],
  ],
  [
    'time to live of a message',
    't',
    (v) => alone(`<sendTask id="t" messageRef="m" ov:timeToLive="${v}"/>`),
    'P3D',
    ['0', '3', 'PT0S', 'P11Y'],
  ],
];
const NEVER = ['-1', '-0.5', '1.5', '1e400', '9999999999', '９', 'abc', 'NaN', '5 days', '', ' '];

describe('the amounts of a model are checked at upload', () => {
  it.each(PLACES)(
    '%s: what is no such amount is a finding with its element',
    async (_, element, model, right, wrong) => {
      const of = async (value: string) =>
        (await checkUpload(Buffer.from(model(value)))).findings.filter((finding) => finding.element === element);
      expect((await of(right)).filter(({ severity }) => severity === 'error')).toEqual([]);
      const told = (await of(right)).map(({ zh }) => zh);
      for (const value of [...NEVER, ...wrong]) {
        const more = (await of(value)).filter(({ zh }) => !told.includes(zh));
        expect([value, more.length]).not.toEqual([value, 0]);
        for (const { zh, en } of more) expect(`${zh} ${en}`).not.toMatch(/undefined|null/);
      }
    },
  );
});
