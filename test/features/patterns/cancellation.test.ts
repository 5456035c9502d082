import { expect, it } from '@jest/globals';
import { chain } from '../../support/bpmn.ts';
import { pattern } from '../../support/conformance.ts';
import { DESIGNER, office } from '../../support/office.ts';
import { boundary, instances, message, model, news, parallel } from './model.ts';

const hear = (desk: ReturnType<typeof office>) =>
  desk.engine.correlateMessage({ name: 'news', key: null, variables: {} }, DESIGNER);
const three = instances('<loopCardinality>3</loopCardinality>');

pattern(19, 'Cancel task', 'yes', 'interrupting boundary event', () => {
  it('takes back one task, and the rest of the case goes on', async () => {
    const desk = office();
    const { id } = await desk.open(
      model(
        'a b',
        parallel('f') +
          boundary('off', 'a', message('news')) +
          chain('s', 'f', 'a', 'e') +
          chain('f', 'b', 'e') +
          chain('off', 'e'),
        news,
      ),
    );
    await hear(desk);
    expect(await desk.waiting(id)).toEqual(['b']);
  });
});

pattern(20, 'Cancel case', 'yes', 'cancelling by a person or the API with a reason; terminate end event', () => {
  it('takes back all work at once', async () => {
    const desk = office();
    const { id } = await desk.open(model('a b', parallel('f') + chain('s', 'f', 'a', 'e') + chain('f', 'b', 'e')));
    await desk.engine.cancelCase({ caseId: id, reason: '撤回' }, DESIGNER);
    expect(await desk.waiting(id)).toEqual([]);
    expect((await desk.engine.getCase(id)).status).toBe('cancelled');
  });
});

pattern(
  25,
  'Cancel region',
  'partly',
  'boundary event of a sub-process, or a terminate end event: the region must be a sub-process, it cannot be any set of elements',
  () => {
    it('takes back everything within the region and nothing else', async () => {
      const desk = office();
      const { id } = await desk.open(
        model(
          'beside',
          `<subProcess id="region"><startEvent id="is"/>${parallel('g')}<userTask id="a"/><userTask id="b"/><endEvent id="ie"/>${chain('is', 'g', 'a', 'ie')}${chain('g', 'b', 'ie')}</subProcess>` +
            parallel('f') +
            boundary('off', 'region', message('news')) +
            chain('s', 'f', 'region', 'e') +
            chain('f', 'beside', 'e') +
            chain('off', 'e'),
          news,
        ),
      );
      expect(await desk.waiting(id)).toEqual(['a', 'b', 'beside']);
      await hear(desk);
      expect(await desk.waiting(id)).toEqual(['beside']);
    });
  },
);

pattern(
  26,
  'Cancel multiple instance activity',
  'yes',
  'interrupting boundary event of the multi-instance activity',
  () => {
    it('takes back the instances that are left and goes another way', async () => {
      const desk = office();
      const { id } = await desk.open(
        model(
          'after instead',
          `<userTask id="ask">${three}</userTask>` +
            boundary('off', 'ask', message('news')) +
            chain('s', 'ask', 'after', 'e') +
            chain('off', 'instead', 'e'),
          news,
        ),
      );
      await desk.complete(id, 'ask');
      await hear(desk);
      expect(await desk.waiting(id)).toEqual(['instead']);
    });
  },
);

pattern(
  27,
  'Complete multiple instance activity',
  'yes',
  'interrupting boundary event that leads on to what follows',
  () => {
    it('takes back the instances that are left and goes on as if all had ended', async () => {
      const desk = office();
      const { id } = await desk.open(
        model(
          'after',
          `<userTask id="ask">${three}</userTask>` +
            boundary('enough', 'ask', message('news')) +
            chain('s', 'ask', 'after', 'e') +
            chain('enough', 'after'),
          news,
        ),
      );
      await desk.complete(id, 'ask');
      await hear(desk);
      expect(await desk.waiting(id)).toEqual(['after']);
      await desk.complete(id, 'after');
      expect((await desk.engine.getCase(id)).status).toBe('completed');
    });
  },
);
