import { describe, expect, it } from '@jest/globals';
import { bpmn, chain } from '../../support/bpmn.ts';
import { DAY, phased, until, watchedOffice } from '../../support/watched-office.ts';

/** The review of five working days ends on Monday 9 March 2026. */
async function history(limits: string, ...done: string[]) {
  const desk = watchedOffice();
  const caseId = await desk.apply({}, phased(limits));
  for (const node of done) await desk.complete(caseId, node);
  await until(desk, '2026-04-10T09:00:00+08:00');
  return desk.told(caseId, 'deadline.near', 'deadline.passed', 'deadline.statutory_passed');
}

describe('the history says which limit comes near or has passed', () => {
  it('is the one of the law, where nothing is promised', async () => {
    expect((await history('ov:statutory="10"', 'accept')).map(({ zh }) => zh)).toEqual([
      '办件临近法定时限，亮黄灯',
      '办件超过法定时限，亮深红灯',
    ]);
  });

  it('is the one of the acceptance review, promised shorter than the law has it', async () => {
    const told = await history('ov:acceptance="3" ov:promise="30"');
    expect(told.slice(0, 2)).toEqual([
      { zh: '办件临近受理审查期限，亮黄灯', en: 'The case is near the limit of acceptance review: yellow light' },
      { zh: '办件超过受理审查期限，亮红灯', en: 'The case is past the limit of acceptance review: red light' },
    ]);
  });

  it('is the one of delivery after the decision', async () => {
    expect((await history('ov:promise="10"', 'accept', 'review')).map(({ zh }) => zh)).toEqual([
      '办件临近送达期限，亮黄灯',
      '办件超过送达期限，亮红灯',
      '办件超过法定送达期限，亮深红灯',
    ]);
  });
});

describe('silence that the model takes for consent, with a result that cannot be entered', () => {
  it('is left to people, who read why in plain words', async () => {
    const desk = watchedOffice();
    const caseId = await desk.apply(
      {},
      bpmn(
        `<startEvent id="s"/><userTask id="ask" name="征求意见" ov:department="tax" ov:promise="2"
           ov:onOverdue="deemedConsent" ov:deemedBasis="某办法第二条" ov:deemedResult="[opinion]"/>
         <endEvent id="e"/>${chain('s', 'ask', 'e')}`,
        { id: 'reviewed' },
      ),
    );
    await desk.pass(10 * DAY);
    const zh = '“征求意见”已逾期，但流程规定的“视为同意”结果无法登记，上报税务局负责人';
    const en =
      '“征求意见” is overdue, but what its process enters for a deemed consent cannot be entered: it was escalated to the head of 税务局';
    expect(await desk.told(caseId, 'task.escalated')).toEqual([{ zh, en }]);
    const notices = (await desk.caught()).filter(({ kind }) => kind === 'task.escalated');
    expect(notices.map(({ to, text }) => [to.name, text.zh, text.en])).toEqual(
      ['税务局', '谭局长'].map((name) => [name, `办件 T-1（退税）：${zh}。`, `Case T-1 (退税): ${en}.`]),
    );
  });
});
