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

pattern(
  24,
  'Persistent trigger',
  'yes',
  'message with a time to live: it is kept for the case that waits for it later',
  () => {
    it('is found by a case that begins to wait after it came', async () => {
      const desk = office();
      const { id } = await desk.open(
        model(
          'first after',
          `<intermediateCatchEvent id="wait">${message('news')}</intermediateCatchEvent>` +
            chain('s', 'first', 'wait', 'after', 'e'),
          news,
        ),
      );
      await desk.engine.publishMessage({ name: 'news', key: null, variables: {}, timeToLive: 'PT1H' }, DESIGNER);
      await desk.complete(id, 'first');
      await desk.pass(0);
      expect(await desk.waiting(id)).toEqual(['after']);
    });
  },
);
