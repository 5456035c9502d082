import { expect, it } from '@jest/globals';
import { chain, flow } from '../../support/bpmn.ts';
import { pattern } from '../../support/conformance.ts';
import { DESIGNER, office } from '../../support/office.ts';
import { exclusive, instances, message, model, news, parallel } from './model.ts';

const many = (inside: string, attributes = '') =>
  model('after', `<userTask id="ask">${instances(inside, attributes)}</userTask>` + chain('s', 'ask', 'after', 'e'));

pattern(
  12,
  'Multiple instances without synchronization',
  'yes',
  'a loop that splits off one instance each time round',
  () => {
    it('starts any number of instances and waits for none', async () => {
      const desk = office();
      const { id } = await desk.open(
        model(
          'decide notify after',
          exclusive('m') +
            exclusive('x', 'after') +
            parallel('f') +
            '<endEvent id="done"/>' +
            chain('s', 'm', 'decide', 'x', 'after', 'e') +
            flow('x', 'f', 'more') +
            chain('f', 'm') +
            chain('f', 'notify', 'done'),
        ),
      );
      await desk.complete(id, 'decide', { more: true });
      await desk.complete(id, 'decide', { more: true });
      await desk.complete(id, 'decide', { more: false });
      expect(await desk.waiting(id)).toEqual(['after', 'notify', 'notify']);
    });
  },
);

pattern(
  13,
  'Multiple instances with a priori design-time knowledge',
  'yes',
  'multi-instance with a fixed loopCardinality',
  () => {
    it('opens as many as the model says, and waits for all', async () => {
      const desk = office();
      const { id } = await desk.open(many('<loopCardinality>3</loopCardinality>'));
      for (let left = 3; left > 0; left--) {
        expect(await desk.waiting(id)).toEqual(Array<string>(left).fill('ask'));
        await desk.complete(id, 'ask');
      }
      expect(await desk.waiting(id)).toEqual(['after']);
    });
  },
);

pattern(
  14,
  'Multiple instances with a priori run-time knowledge',
  'yes',
  'multi-instance over a list, or a computed loopCardinality',
  () => {
    it.each([
      ['list', many('', 'ov:collection="=experts" ov:elementVariable="expert"')],
      ['number', many('<loopCardinality>=count(experts)</loopCardinality>')],
    ])('opens as many as the data says when the activity is reached: %s', async (_, xml) => {
      const desk = office();
      const { id } = await desk.open(xml, { experts: ['赵', '钱'] });
      expect(await desk.waiting(id)).toEqual(['ask', 'ask']);
    });
  },
);

pattern(
  15,
  'Multiple instances without a priori run-time knowledge',
  'yes',
  'sub-process with a non-interrupting event sub-process that adds one instance each time',
  () => {
    it('takes more instances while some are running, and goes on when all have ended', async () => {
      const desk = office();
      const { id } = await desk.open(
        model(
          'after',
          `<subProcess id="sub"><startEvent id="is"/><userTask id="ask"/><endEvent id="ie"/>${chain('is', 'ask', 'ie')}` +
            `<subProcess id="more" triggeredByEvent="true"><startEvent id="ms" isInterrupting="false">${message('news')}</startEvent><userTask id="askToo"/><endEvent id="me"/>${chain('ms', 'askToo', 'me')}</subProcess></subProcess>` +
            chain('s', 'sub', 'after', 'e'),
          news,
        ),
      );
      const more = () => desk.engine.correlateMessage({ name: 'news', key: null, variables: {} }, DESIGNER);
      await more();
      await more();
      await desk.complete(id, 'ask');
      expect(await desk.waiting(id)).toEqual(['askToo', 'askToo']);
      await desk.complete(id, 'askToo');
      await desk.complete(id, 'askToo');
      expect(await desk.waiting(id)).toEqual(['after']);
    });
  },
);

const enough = (condition: string) =>
  many(`<loopCardinality>4</loopCardinality><completionCondition>${condition}</completionCondition>`);

pattern(
  35,
  'Cancelling partial join for multiple instances',
  'yes',
  'completionCondition: the rest is taken back',
  () => {
    it('goes on when enough have ended', async () => {
      const desk = office();
      const { id } = await desk.open(enough('nrOfCompletedInstances >= 2'));
      await desk.complete(id, 'ask');
      await desk.complete(id, 'ask');
      expect(await desk.waiting(id)).toEqual(['after']);
    });
  },
);

pattern(
  36,
  'Dynamic partial join for multiple instances',
  'partly',
  'completionCondition over the data of the moment; instances are added by an event sub-process, whose condition cannot count them',
  () => {
    it('decides after each instance, from what the data says by then, whether it is enough', async () => {
      const desk = office();
      const { id } = await desk.open(enough('nrOfCompletedInstances >= needed'), { needed: 4 });
      await desk.complete(id, 'ask');
      expect(await desk.waiting(id)).toEqual(['ask', 'ask', 'ask']);
      await desk.complete(id, 'ask', { needed: 2 });
      expect(await desk.waiting(id)).toEqual(['after']);
    });
  },
);

pattern(
  34,
  'Static partial join for multiple instances',
  'partly',
  'completionCondition goes on when so many have ended, but takes back the rest instead of leaving it running',
  () => {
    it('goes on when so many have ended, but does not leave the others running', async () => {
      const desk = office();
      const { id } = await desk.open(enough('nrOfCompletedInstances >= 3'));
      for (let i = 0; i < 3; i++) await desk.complete(id, 'ask');
      expect(await desk.waiting(id)).toEqual(['after']);
      expect(await desk.events(id)).toContain('element.cancelled ask');
    });
  },
);
