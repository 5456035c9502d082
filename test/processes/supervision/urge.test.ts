import { describe, expect, it } from '@jest/globals';
import { urgeCase } from '../../../processes/supervision/index.ts';
import { DAY, HOUR, watchedOffice } from '../../support/watched-office.ts';

describe('an urge', () => {
  it('is on record, and tells the department and its head', async () => {
    const desk = watchedOffice();
    const caseId = await desk.apply();
    await urgeCase(desk, { caseId, note: ' 盼尽快 ' }, desk.person('window-zhou'));
    await desk.engine.runDueJobs();
    const [event] = (await desk.store.listEvents(caseId, 0, 100)).filter(({ type }) => type === 'case.urged');
    expect(event).toMatchObject({ actor: 'window-zhou', data: { note: '盼尽快', role: 'handler' } });
    expect(await desk.notices()).toEqual(['case.urged 税务局', 'case.urged 谭局长']);
    expect((await desk.caught())[0]!.text.zh).toBe('办件 T-1（退税）：周窗口催办：盼尽快。');
  });

  it('tells whoever holds the task instead of the whole department', async () => {
    const desk = watchedOffice();
    const caseId = await desk.apply();
    const li = desk.person('handler-li');
    await desk.engine.claimTask((await desk.task(caseId, 'review')).id, { ...li, groups: li.departments });
    await urgeCase(desk, { caseId }, desk.person('supervisor-feng'));
    await desk.engine.runDueJobs();
    expect(await desk.notices()).toEqual(['case.urged 李税收', 'case.urged 谭局长']);
  });

  it('is taken once a day from the applicant, who hears from when again', async () => {
    const desk = watchedOffice();
    const caseId = await desk.apply();
    const chen = desk.person('applicant-chen');
    await urgeCase(desk, { caseId }, chen);
    await desk.pass(14 * HOUR);
    await expect(urgeCase(desk, { caseId }, chen)).rejects.toMatchObject({
      code: 'urge.once_a_day',
      details: { until: Date.parse('2026-03-03T00:00:00+08:00') },
    });
    await urgeCase(desk, { caseId }, desk.person('supervisor-feng'));
    await desk.pass(HOUR);
    await urgeCase(desk, { caseId }, chen);
    expect(await desk.supervision(caseId)).toMatchObject({ urges: { count: 3 } });
  });

  it('is taken once when two windows of the applicant send it at once', async () => {
    const desk = watchedOffice();
    const caseId = await desk.apply();
    const chen = desk.person('applicant-chen');
    const sent = await Promise.allSettled([urgeCase(desk, { caseId }, chen), urgeCase(desk, { caseId }, chen)]);
    expect(sent.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await desk.supervision(caseId)).toMatchObject({ urges: { count: 1 } });
  });

  it('is refused to others, to designers, and after the end', async () => {
    const desk = watchedOffice();
    const caseId = await desk.apply();
    for (const who of ['applicant-chu', 'designer-ding'])
      await expect(urgeCase(desk, { caseId }, desk.person(who))).rejects.toMatchObject({ code: 'urge.not_yours' });
    await expect(urgeCase(desk, { caseId, note: 'x'.repeat(501) }, desk.person('window-zhou'))).rejects.toMatchObject({
      code: 'supervision.text_too_long',
    });
    await desk.pass(DAY);
    await desk.complete(caseId, 'review');
    await expect(urgeCase(desk, { caseId }, desk.person('applicant-chen'))).rejects.toMatchObject({
      code: 'case.closed',
    });
  });
});
