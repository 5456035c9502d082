import { expect, it } from '@jest/globals';
import { chain } from '../../support/bpmn.ts';
import { pattern } from '../../support/conformance.ts';
import { DESIGNER, office } from '../../support/office.ts';
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
