import { expect, it } from '@jest/globals';
import { chain } from '../../support/bpmn.ts';
import { pattern } from '../../support/conformance.ts';
import { DESIGNER, office } from '../../support/office.ts';
import { message, model, news } from './model.ts';

pattern(
  23,
  'Transient trigger',
  'yes',
  'signal, and message without time to live: who does not wait when it comes has missed it',
  () => {
    it('is lost when nobody waits, and its sender is told so', async () => {
      const desk = office();
      const { id } = await desk.open(
        model(
          'first after',
          `<intermediateCatchEvent id="wait">${message('news')}</intermediateCatchEvent>` +
            chain('s', 'first', 'wait', 'after', 'e'),
          news,
        ),
      );
      const tell = () => desk.engine.correlateMessage({ name: 'news', key: null, variables: {} }, DESIGNER);
      await expect(tell()).rejects.toMatchObject({ code: 'message.nobody_waits' });
      await desk.complete(id, 'first');
      expect(await desk.waiting(id)).toEqual([]);
      await tell();
      expect(await desk.waiting(id)).toEqual(['after']);
    });
  },
);
