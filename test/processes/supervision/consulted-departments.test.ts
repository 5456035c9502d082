import { beforeEach, describe, expect, it } from '@jest/globals';
import { bpmn, chain } from '../../support/bpmn.ts';
import { until, watchedOffice, type WatchedOffice } from '../../support/watched-office.ts';

const CONSULTED = { housing: '住房和城乡建设局', 'natural-resources': '自然资源局', 'civil-defence': '人民防空办公室' };
const NAMES = Object.values(CONSULTED);
const QUIET = { yellow: [], red: [], deepRed: [] };

/** The departments are not in the model: each case says which are asked. */
const consultation = (onOverdue: string, loop = true) =>
  bpmn(
    `<startEvent id="s"/>
     <userTask id="ask" name="征求意见" ov:department="${loop ? '=dep' : '=&quot;housing&quot;'}" ov:promise="2" ${onOverdue}>
     ${loop ? `<multiInstanceLoopCharacteristics ov:collection="=${JSON.stringify(Object.keys(CONSULTED)).replaceAll('"', '&quot;')}" ov:elementVariable="dep"/>` : ''}
     </userTask><endEvent id="e"/>${chain('s', 'ask', 'e')}`,
    { id: 'reviewed' },
  );
const CONSENT = `ov:onOverdue="deemedConsent" ov:deemedBasis="某办法第二条" ov:deemedResult="{ ok: true }"`;

let desk: WatchedOffice;
beforeEach(() => void (desk = watchedOffice()));

/** Two working days pass in which nobody answers. */
async function silent(xml: string) {
  const caseId = await desk.apply({ escalation: { task: QUIET, case: QUIET } }, xml);
  await until(desk, '2026-03-05T09:00:00+08:00');
  return caseId;
}

describe('departments that the case names, asked side by side', () => {
  it('have their silence taken for consent: the head of each is told, and the history says whose silence', async () => {
    const caseId = await silent(consultation(CONSENT));
    expect((await desk.engine.getCase(caseId)).status).toBe('completed');
    expect((await desk.notices()).sort()).toEqual(
      ['task.deemed 何局长', 'task.deemed 吴人防', 'task.deemed 高局长'].sort(),
    );
    const told = await desk.told(caseId, 'task.deemed');
    expect(told.map(({ zh }) => zh)).toEqual(
      NAMES.map((name) => `${name}逾期未答复“征求意见”，依据某办法第二条，视为同意`),
    );
    expect(told[0]!.en).toBe('住房和城乡建设局 did not answer “征求意见” in time: deemed consent by 某办法第二条');
    expect((await desk.caught()).map(({ text }) => text.zh)).toContain(
      '办件 T-1（退税）：自然资源局逾期未答复“征求意见”，依据某办法第二条，视为同意。',
    );
  });

  it('are told so also where only one is asked', async () => {
    const caseId = await silent(consultation(CONSENT, false));
    expect(await desk.notices()).toEqual(['task.deemed 何局长']);
    expect((await desk.told(caseId, 'task.deemed'))[0]!.zh).toContain('住房和城乡建设局逾期未答复');
  });

  it.each([
    ['task.reminded', 'ov:onOverdue="remind"', (name: string) => `“征求意见”已逾期，提醒${name}`],
    ['task.escalated', 'ov:onOverdue="escalate"', (name: string) => `“征求意见”已逾期，上报${name}负责人`],
    ['deadline.near', '', (name: string) => `${name}的“征求意见”临近承诺时限，亮黄灯`],
    ['deadline.passed', '', (name: string) => `${name}的“征求意见”超过承诺时限，亮红灯`],
  ])('are named by %s', async (type, onOverdue, sentence) => {
    const caseId = await silent(consultation(onOverdue));
    expect((await desk.told(caseId, type)).map(({ zh }) => zh)).toEqual(NAMES.map(sentence));
  });

  it('are named where each is warned and urged, in the history and in what they are told', async () => {
    const task = { yellow: ['notify'], red: ['urge'], deepRed: [] };
    const caseId = await desk.apply({ escalation: { task, case: QUIET } }, consultation(''));
    await until(desk, '2026-03-05T09:00:00+08:00');
    const said = async (type: string) => (await desk.told(caseId, type)).map(({ zh }) => zh).sort();
    const ofEach = (sentence: string) => NAMES.map((name) => `${name}的“征求意见”${sentence}`).sort();
    expect(await said('deadline.warned')).toEqual(ofEach('临近时限，已通知经办人和部门负责人'));
    expect(await said('case.urged')).toEqual(ofEach('超期，系统自动催办'));
    const notices = (await desk.caught()).filter(({ to }) => to.name === '吴人防').map(({ text }) => text.zh);
    expect(notices.sort()).toEqual([
      '办件 T-1（退税）：人民防空办公室的“征求意见”将于2026年3月4日（星期三）17:00到期，请抓紧办理。',
      '办件 T-1（退税）：人民防空办公室的“征求意见”超期，系统自动催办，请尽快办理。',
    ]);
  });
});
