import { describe, expect, it } from '@jest/globals';
import { bpmn, chain } from '../../support/bpmn.ts';
import { REVIEWED, until, watchedOffice, type WatchedOffice } from '../../support/watched-office.ts';

const SOMEBODY = { id: 'x', name: 'x', groups: [] };
const ONLY_CASE = { escalation: { task: { yellow: [], red: [], deepRed: [] } } };
const close = (day: string) => Date.parse(`${day}T17:00:00+08:00`);
/** What was said of dates: the light, and of which day. */
const said = async (desk: WatchedOffice, caseId: string) =>
  (await desk.store.listEvents(caseId, 0, 1000))
    .filter(({ type }) => type === 'deadline.warned' || type === 'case.urged')
    .map(({ node, data }) => {
      const day = new Date((data.dueAt as number) + 8 * 3_600_000).toISOString().slice(0, 10);
      return [node, data.light as string, day].filter(Boolean).join(' ');
    });
const promised = (days: number, more = '') => REVIEWED.replace('ov:promise="10"', `ov:promise="${days}" ${more}`);
/** The case goes on by another promise from now on. */
async function promise(desk: WatchedOffice, caseId: string, days: number, more = '') {
  const { version } = (await desk.engine.deploy({ bytes: Buffer.from(promised(days, more)) }, SOMEBODY)).definition;
  await desk.engine.migrateCase({ caseId, version, reason: '更正' }, SOMEBODY);
  await desk.pass(0);
}

/** 2026-03-02 is a Monday. */
describe('what is yellow as soon as its clock begins', () => {
  it('is told when the case is opened', async () => {
    const desk = watchedOffice();
    const caseId = await desk.apply(ONLY_CASE, promised(5, 'ov:yellow="5"'));
    await desk.pass(0);
    expect(await desk.notices()).toEqual(['deadline.warned 税务局', 'deadline.warned 谭局长']);
    await until(desk, '2026-03-10T09:00:00+08:00');
    expect(await said(desk, caseId)).toEqual(['yellow 2026-03-09', 'red 2026-03-09']);
  });

  it('is told when a task of the same day arrives', async () => {
    const desk = watchedOffice();
    const sameDay = REVIEWED.replace('ov:promise="5"', 'ov:promise="1" ov:startRule="sameDay"');
    const caseId = await desk.apply({}, sameDay);
    await desk.pass(0);
    expect(await said(desk, caseId)).toEqual(['review yellow 2026-03-02']);
  });

  it('is told where silence accepted and little of the promise is left', async () => {
    const desk = watchedOffice();
    const silent = bpmn(
      `<startEvent id="s"/><userTask id="accept" ov:department="window" ov:milestone="accepted"/><userTask id="review" ov:department="tax"/>
       <endEvent id="e"/>${chain('s', 'accept', 'review', 'e')}`,
      { id: 'reviewed', processAttrs: 'ov:promise="6" ov:acceptanceYellow="none"' },
    );
    const caseId = await desk.apply({}, silent);
    await until(desk, '2026-03-09T17:00:00+08:00');
    expect(await said(desk, caseId)).toEqual([]);
    await desk.pass(1);
    expect(await said(desk, caseId)).toEqual(['yellow 2026-03-10']);
  });
});

describe('what is yellow as soon as its date moves', () => {
  it('is told of the new date: by an extension, and by another version', async () => {
    const desk = watchedOffice();
    const caseId = await desk.apply(ONLY_CASE);
    await until(desk, '2026-03-16T09:00:00+08:00');
    await desk.engine.extendCase({ caseId, value: 2, most: 10, note: '复杂' }, SOMEBODY);
    await desk.pass(0);
    expect(await said(desk, caseId)).toEqual(['yellow 2026-03-16', 'yellow 2026-03-18']);
    await promise(desk, caseId, 9);
    expect((await said(desk, caseId)).slice(2)).toEqual(['yellow 2026-03-17']);
    await until(desk, '2026-03-18T09:00:00+08:00');
    expect((await said(desk, caseId)).slice(3)).toEqual(['red 2026-03-17']);
  });

  it('is told once for one date, also where only the warning moves, or it is held and goes on to the same date', async () => {
    const desk = watchedOffice();
    const caseId = await desk.apply(ONLY_CASE);
    await until(desk, '2026-03-10T19:00:00+08:00');
    for (const yellow of ['5', '6']) await promise(desk, caseId, 10, `ov:yellow="${yellow}"`);
    expect((await desk.events(caseId)).filter((event) => event === 'deadline.near')).toHaveLength(1);
    // at night: no office time is held
    const hold = { reason: 'test' as const, expectedDays: 9, notice: { number: '1' }, note: '检测' };
    await desk.engine.holdCase({ caseId, ...hold }, SOMEBODY);
    await desk.pass(3_600_000);
    await desk.engine.resumeCase({ caseId, reason: 'test', note: '完毕' }, SOMEBODY);
    await until(desk, '2026-03-13T09:00:00+08:00');
    expect((await desk.engine.getCase(caseId)).dueAt).toBe(close('2026-03-16'));
    expect(await said(desk, caseId)).toEqual(['yellow 2026-03-16']);
  });

  it('is not told where it has passed: that is', async () => {
    const desk = watchedOffice();
    const caseId = await desk.apply(ONLY_CASE);
    await until(desk, '2026-03-10T09:00:00+08:00');
    await promise(desk, caseId, 3);
    expect(await said(desk, caseId)).toEqual(['red 2026-03-05']);
    expect(await desk.events(caseId)).not.toContain('deadline.near');
  });
});
