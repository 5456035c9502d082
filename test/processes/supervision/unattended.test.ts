import { describe, expect, it } from '@jest/globals';
import { urgeCase } from '../../../processes/supervision/index.ts';
import { bpmn, chain } from '../../support/bpmn.ts';
import { DESIGNER } from '../../support/office.ts';
import { DAY, watchedOffice, type WatchedOffice } from '../../support/watched-office.ts';

/** Promise 5, statutory limit 6 working days; the case has no lead department. */
const LIMITED = 'ov:promise="5" ov:statutory="6" ov:statutoryUnit="workingDays" ov:statutoryBasis="某市办法"';
const limited = (steps: string, ...ways: string[]) =>
  bpmn(steps + ways.join(''), { id: 'whole', processAttrs: LIMITED });
const CALLING = limited(
  '<startEvent id="s"/><callActivity id="c" name="核查" calledElement="checked"/><endEvent id="e"/>',
  chain('s', 'c', 'e'),
);
const WAITING = limited(
  `<startEvent id="s"/><userTask id="t" name="核税" ov:department="tax"/><intermediateCatchEvent id="w"><timerEventDefinition>
   <timeDuration>P60D</timeDuration></timerEventDefinition></intermediateCatchEvent><endEvent id="e"/>`,
  chain('s', 't', 'w', 'e'),
);
const CHECKED = bpmn(
  `<startEvent id="s"/><userTask id="t" name="核税" ov:department="tax"/><endEvent id="e"/>${chain('s', 't', 'e')}`,
  { id: 'checked' },
);

const OF_APPLICANT = limited(
  `<startEvent id="s"/><userTask id="t" name="补正" ov:assignee="=applicant"/><endEvent id="e"/>`,
  chain('s', 't', 'e'),
);

async function begin(
  models: readonly string[],
  { department = null, handler = 'applicant-chen' }: { department?: string | null; handler?: string } = {},
): Promise<{ desk: WatchedOffice; caseId: string }> {
  const desk = watchedOffice();
  for (const model of models) await desk.deploy(model);
  const { id } = await desk.engine.startCase(
    {
      definitionKey: 'whole',
      number: 'T-1',
      title: '开店',
      applicant: 'applicant-chen',
      department,
      variables: { applicant: handler },
    },
    DESIGNER,
  );
  await desk.engine.runDueJobs();
  return { desk, caseId: id };
}

async function untilDeepRed(desk: WatchedOffice): Promise<void> {
  for (let day = 0; day < 9; day++) await desk.pass(DAY);
}

const events = async (desk: WatchedOffice, caseId: string) =>
  (await desk.store.listEvents(caseId, 0, 1000)).filter(({ type }) =>
    /^(deadline\.warned|case\.urged|reason|order)/.test(type),
  );

describe('a case without lead department that is overdue while it waits on no task of its own', () => {
  it.each([
    ['the department of the case that it called', [CHECKED, CALLING]],
    [
      'that of a case which a called case called',
      [CHECKED, CALLING.replace('"whole"', '"middle"').replace(LIMITED, ''), CALLING.replace('"checked"', '"middle"')],
    ],
  ])('has %s warned, urged, asked and ordered', async (_, models) => {
    const { desk, caseId } = await begin(models);
    await untilDeepRed(desk);
    expect((await desk.notices()).sort()).toEqual(
      [
        ...['deadline.warned', 'case.urged'].flatMap((kind) => [`${kind} 税务局`, `${kind} 谭局长`]),
        'reason.asked 谭局长',
        'order.issued 谭局长',
      ].sort(),
    );
    expect(await desk.supervision(caseId)).toMatchObject({
      urges: { count: 1 },
      reasons: [{ department: 'tax' }],
      orders: [{ department: 'tax' }],
      concerned: ['tax'],
    });
  });

  it('has the department that worked on it last asked and ordered', async () => {
    const { desk, caseId } = await begin([WAITING]);
    await desk.complete(caseId, 't');
    await untilDeepRed(desk);
    expect(await desk.supervision(caseId)).toMatchObject({
      reasons: [{ department: 'tax' }],
      orders: [{ department: 'tax' }],
    });
  });

  it('has that of the call which ended last, where it waits after a call', async () => {
    const after = limited(
      `<startEvent id="s"/><callActivity id="c" calledElement="checked"/><intermediateCatchEvent id="w"><timerEventDefinition>
       <timeDuration>P60D</timeDuration></timerEventDefinition></intermediateCatchEvent><endEvent id="e"/>`,
      chain('s', 'c', 'w', 'e'),
    );
    const { desk, caseId } = await begin([CHECKED, after]);
    const [called] = await desk.store.listCases({ parent: caseId, limit: 9 });
    await desk.complete(called!.id, 't');
    await untilDeepRed(desk);
    expect(await desk.supervision(caseId)).toMatchObject({ reasons: [{ department: 'tax' }] });
  });

  it('is brought to the supervisors where nobody has worked on it, and counts no urge that reached nobody', async () => {
    const { desk, caseId } = await begin([
      WAITING.replace('<userTask', '<manualTask').replace('ov:department="tax"', ''),
    ]);
    await untilDeepRed(desk);
    expect((await events(desk, caseId)).map(({ type, data }) => `${type} ${data.light as string}`)).toEqual([
      'deadline.warned yellow',
      'deadline.warned red',
      'deadline.warned deepRed',
    ]);
    expect((await desk.supervision(caseId)).urges).toBeUndefined();
    const caught = await desk.caught();
    expect(caught.map(({ to }) => to.name)).toEqual(['冯督办', '冯督办', '冯督办']);
    expect(caught.at(-1)!.text.zh).toMatch(/已于2026年3月10日（.+）17:00到期，目前没有部门在办，请督促明确由谁办理。$/);
  });

  it('hands an urge of its applicant on to the department of the called case', async () => {
    const { desk, caseId } = await begin([CHECKED, CALLING]);
    await urgeCase(desk, { caseId }, desk.person('applicant-chen'));
    await desk.engine.runDueJobs();
    expect(await desk.notices()).toEqual(['case.urged 税务局', 'case.urged 谭局长']);
    expect(await desk.supervision(caseId)).toMatchObject({ urges: { count: 1 }, concerned: ['tax'] });
  });
});

describe('a case that is overdue while it waits on its applicant alone', () => {
  const warnedAndUrged = async (desk: WatchedOffice) => {
    await untilDeepRed(desk);
    return (await desk.notices()).filter((notice) => /^(deadline\.warned|case\.urged)/.test(notice)).sort();
  };

  it('has its lead department warned and urged, not the applicant', async () => {
    const { desk } = await begin([OF_APPLICANT], { department: 'tax' });
    expect(await warnedAndUrged(desk)).toEqual(['case.urged 谭局长', 'deadline.warned 谭局长']);
  });

  it('is brought to the supervisors where it has none', async () => {
    const { desk } = await begin([OF_APPLICANT]);
    expect(new Set(await warnedAndUrged(desk))).toEqual(new Set(['deadline.warned 冯督办']));
  });

  it('has an official warned and urged whose own task it waits on', async () => {
    const { desk } = await begin([OF_APPLICANT], { handler: 'head-tan' });
    expect(await warnedAndUrged(desk)).toEqual(expect.arrayContaining(['case.urged 谭局长', 'deadline.warned 谭局长']));
  });
});
