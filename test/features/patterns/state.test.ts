import { expect, it } from '@jest/globals';
import { chain } from '../../support/bpmn.ts';
import { pattern } from '../../support/conformance.ts';
import { adHocChoices } from '../../../engine/index.ts';
import { DESIGNER, LI, office, type Office } from '../../support/office.ts';
import { message, model, news, parallel } from './model.ts';

pattern(
  18,
  'Milestone',
  'partly',
  'event sub-process that does not interrupt: it can begin only while its sub-process is in that state, but has to be a part of it',
  () => {
    const milestone = model(
      'after',
      `<subProcess id="open"><startEvent id="is"/><userTask id="hearing"/><endEvent id="ie"/>${chain('is', 'hearing', 'ie')}` +
        `<subProcess id="object" triggeredByEvent="true"><startEvent id="os" isInterrupting="false">${message('news')}</startEvent><userTask id="objection"/><endEvent id="oe"/>${chain('os', 'objection', 'oe')}</subProcess></subProcess>` +
        chain('s', 'open', 'after', 'e'),
      news,
    );
    const hear = (desk: ReturnType<typeof office>) =>
      desk.engine.correlateMessage({ name: 'news', key: null, variables: {} }, DESIGNER);

    it('lets the work begin while the state lasts', async () => {
      const desk = office();
      const { id } = await desk.open(milestone);
      await hear(desk);
      expect(await desk.waiting(id)).toEqual(['hearing', 'objection']);
    });

    it('lets it begin no more when the state is over', async () => {
      const desk = office();
      const { id } = await desk.open(milestone);
      await desk.complete(id, 'hearing');
      await expect(hear(desk)).rejects.toMatchObject({ code: 'message.nobody_waits' });
    });
  },
);

pattern(
  39,
  'Critical section',
  'no',
  'BPMN has no lock: two branches that must not overlap have to be put in a sequence, or into one sequential ad-hoc sub-process',
  () => {
    it('does not keep two branches of a case from being open at the same time', async () => {
      const desk = office();
      const { id } = await desk.open(model('a b', parallel('f') + chain('s', 'f', 'a', 'e') + chain('f', 'b', 'e')));
      expect(await desk.waiting(id)).toEqual(['a', 'b']);
    });
  },
);

pattern(16, 'Deferred choice', 'yes', 'event-based gateway', () => {
  it('leaves the choice to what happens first', async () => {
    const desk = office();
    const { id } = await desk.open(
      model(
        'told late',
        `<eventBasedGateway id="g"/><intermediateCatchEvent id="m">${message('news')}</intermediateCatchEvent>` +
          '<intermediateCatchEvent id="t"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></intermediateCatchEvent>' +
          chain('s', 'g', 'm', 'told', 'e') +
          chain('g', 't', 'late', 'e'),
        news,
      ),
    );
    expect(await desk.waiting(id)).toEqual([]);
    await desk.pass(3_600_000);
    expect(await desk.waiting(id)).toEqual(['late']);
    await expect(
      desk.engine.correlateMessage({ name: 'news', key: null, variables: {} }, DESIGNER),
    ).rejects.toMatchObject({ code: 'message.nobody_waits' });
  });
});

const adHoc = (inside: string) =>
  model(
    'after',
    `<adHocSubProcess id="sub" ordering="Sequential">${inside}</adHocSubProcess>` + chain('s', 'sub', 'after', 'e'),
  );

async function choose(desk: Office, caseId: string, ...activities: string[]): Promise<void> {
  const row = await desk.engine.getCase(caseId);
  const [open] = adHocChoices(row, await desk.engine.getGraph(row.definitionId));
  await desk.engine.activateAdHoc({ caseId, token: open!.token, activities }, LI);
}

pattern(40, 'Interleaved routing', 'yes', 'sequential ad-hoc sub-process', () => {
  it('does each task once, in any order a person chooses, and never two at a time', async () => {
    const desk = office();
    const { id } = await desk.open(adHoc('<userTask id="a"/><userTask id="b"/><userTask id="c"/>'));
    await choose(desk, id, 'c', 'a', 'b');
    for (const next of ['c', 'a', 'b']) {
      expect(await desk.waiting(id)).toEqual([next]);
      await desk.complete(id, next);
    }
  });
});

pattern(
  17,
  'Interleaved parallel routing',
  'partly',
  'sequential ad-hoc sub-process: flows in it order some of the tasks, but a chain that has begun is not interleaved with another',
  () => {
    it('keeps the order that the flows inside ask for, one task at a time', async () => {
      const desk = office();
      const { id } = await desk.open(adHoc('<userTask id="a"/><userTask id="b"/><userTask id="c"/>' + chain('a', 'b')));
      await choose(desk, id, 'a', 'c');
      expect(await desk.waiting(id)).toEqual(['a']);
      await desk.complete(id, 'a');
      expect(await desk.waiting(id)).toHaveLength(1);
    });
  },
);
