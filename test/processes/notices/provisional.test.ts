import { describe, expect, it } from '@jest/globals';
import { issueOrder, judgeOrder, replyToOrder } from '../../../processes/supervision/index.ts';
import { bpmn, chain } from '../../support/bpmn.ts';
import { WANG } from '../../support/office.ts';
import { until, watchedOffice, type WatchedOffice } from '../../support/watched-office.ts';

const CHECKED = bpmn(
  `<startEvent id="s"/><userTask id="review" ov:department="window" ov:milestone="accepted"/><userTask id="do" ov:department="tax"/>
   <endEvent id="e"/>${chain('s', 'review', 'do', 'e')}`,
  { id: 'reviewed', processAttrs: 'ov:promise="20"' },
);

/** A case of ten working days from 16 December 2026: without the notice of 2027 it is due on 30 December, for certain. */
async function opened(xml?: string) {
  const desk = watchedOffice({ now: '2026-12-16' });
  return { desk, caseId: await desk.apply({}, xml) };
}

/** What the last notice of the kind says, in Chinese and in English. */
async function lastNotice(desk: WatchedOffice, kind: string): Promise<string> {
  const found = (await desk.caught()).findLast((notice) => notice.kind === kind);
  return `${found?.text.zh} ${found?.text.en}`;
}

const extend = ({ desk, caseId }: Awaited<ReturnType<typeof opened>>, value: number) =>
  desk.engine.extendCase({ caseId, value, most: 15, note: '情况复杂' }, WANG);

describe('a date in words that a notice of holidays may still move', () => {
  it('is told as provisional of an extension, to the applicant and in the history; one that is certain is not', async () => {
    const certain = await opened();
    await extend(certain, 1);
    await certain.desk.pass(0);
    expect(await lastNotice(certain.desk, 'clock.extended')).not.toMatch(/暂定|provisional/);

    const { desk, caseId } = await opened();
    await extend({ desk, caseId }, 5);
    await desk.pass(0);
    const words = /承诺办结日期为2027年1月\d+日（星期.，暂定）.*Due on \w+ \d+ Jan 2027 \(provisional\)/;
    expect(await lastNotice(desk, 'clock.extended')).toMatch(words);
    const [{ zh, en }] = (await desk.told(caseId, 'clock.extended')) as [{ zh: string; en: string }];
    expect(`${zh} ${en}`).toMatch(words);
  });

  it('is told so when the light turns yellow, and when it has passed', async () => {
    const { desk, caseId } = await opened();
    await extend({ desk, caseId }, 5);
    await until(desk, '2027-01-06T09:00:00+08:00');
    expect(await lastNotice(desk, 'deadline.warned')).toMatch(
      /“?办件”?将于2027年1月\d+日（星期.）17:00（暂定）到期.*is due on .*\(provisional\)/,
    );
    await until(desk, '2027-01-12T09:00:00+08:00');
    expect(await lastNotice(desk, 'reason.asked')).toMatch(
      /办件已超过承诺时限（2027年1月\d+日（星期.，暂定））.*\(provisional\)/,
    );
  });

  it('is told so of the reply to an order, also after one was returned', async () => {
    const { desk, caseId } = await opened();
    await until(desk, '2026-12-29T09:00:00+08:00');
    const feng = desk.person('supervisor-feng');
    const { number } = await issueOrder(desk, { cases: [caseId], department: 'tax', what: '请说明', days: 3 }, feng);
    await desk.pass(0);
    const words = /2027年1月\d+日（星期.，暂定）前.*by \w+ \d+ Jan 2027 \(provisional\)/;
    expect(await lastNotice(desk, 'order.issued')).toMatch(words);
    await replyToOrder(desk, { number, text: '在办' }, desk.person('head-tan'));
    await judgeOrder(desk, { number, accepted: false, text: '请再说明' }, feng);
    await desk.pass(0);
    expect(await lastNotice(desk, 'order.returned')).toMatch(words);
  });

  it('is told so of the time to supplement', async () => {
    const { desk, caseId } = await opened(CHECKED);
    const defects = [{ material: '图', problem: '缺少' }];
    await desk.engine.noticeSupplement({ caseId, defects, limit: { value: 15, unit: 'workingDays' } }, WANG);
    await desk.pass(0);
    expect(await lastNotice(desk, 'supplement.noticed')).toMatch(
      /请在2027年1月\d+日（星期.）17:00（暂定）前补正.*until \w+ \d+ Jan 2027, 17:00 \(provisional\)/,
    );
  });
});
