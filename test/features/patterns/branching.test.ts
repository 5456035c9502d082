import { expect, it } from '@jest/globals';
import { chain, flow } from '../../support/bpmn.ts';
import { pattern } from '../../support/conformance.ts';
import { office } from '../../support/office.ts';
import { complex, exclusive, inclusive, model, parallel } from './model.ts';

const several = model(
  'a b c after',
  inclusive('o', 'c') +
    inclusive('j') +
    chain('s', 'o', 'c', 'j', 'after', 'e') +
    flow('o', 'a', 'x') +
    flow('o', 'b', 'y') +
    chain('a', 'j') +
    chain('b', 'j'),
);

pattern(6, 'Multi-choice', 'yes', 'inclusive gateway, or conditional flows out of an activity', () => {
  it.each([
    [true, true, ['a', 'b']],
    [false, true, ['b']],
    [false, false, ['c']],
  ])('takes each branch whose condition is true: %s, %s', async (x, y, taken) => {
    const desk = office();
    const { id } = await desk.open(several, { x, y });
    expect(await desk.waiting(id)).toEqual(taken);
  });
});

pattern(7, 'Structured synchronizing merge', 'yes', 'inclusive gateway', () => {
  it('waits for the branches that were taken, and for no other', async () => {
    const desk = office();
    const { id } = await desk.open(several, { x: true, y: true });
    await desk.complete(id, 'b');
    expect(await desk.waiting(id)).toEqual(['a']);
    await desk.complete(id, 'a');
    expect(await desk.waiting(id)).toEqual(['after']);
  });
});

pattern(8, 'Multi-merge', 'yes', 'exclusive gateway after a parallel split: each token passes', () => {
  it('does what follows once for each branch', async () => {
    const desk = office();
    const { id } = await desk.open(
      model(
        'a b after',
        parallel('f') + exclusive('m') + chain('s', 'f', 'a', 'm', 'after', 'e') + chain('f', 'b', 'm'),
      ),
    );
    await desk.complete(id, 'a');
    await desk.complete(id, 'b');
    expect(await desk.waiting(id)).toEqual(['after', 'after']);
  });
});

const sub = (inside: string) =>
  `<subProcess id="sub"><startEvent id="is"/><endEvent id="won"><terminateEventDefinition/></endEvent>${inside}</subProcess>`;

pattern(29, 'Cancelling discriminator', 'yes', 'sub-process whose branches lead to a terminate end event', () => {
  it('goes on with the first branch and takes back the others', async () => {
    const desk = office();
    const { id } = await desk.open(
      model(
        'after',
        sub(
          '<userTask id="a"/><userTask id="b"/>' +
            parallel('f') +
            chain('is', 'f', 'a', 'won') +
            chain('f', 'b', 'won'),
        ) + chain('s', 'sub', 'after', 'e'),
      ),
    );
    await desk.complete(id, 'b');
    expect(await desk.waiting(id)).toEqual(['after']);
    expect(await desk.events(id)).toContain('element.cancelled a');
  });
});

pattern(
  33,
  'Generalised AND-join',
  'yes',
  'parallel gateway: it keeps what a branch brings early for its next firing',
  () => {
    it('fires once for each set of tokens when branches come several times', async () => {
      const desk = office();
      const twice = '<task id="t1"/><task id="t2"/>' + exclusive('m') + parallel('g', 'f', 'j');
      const { id } = await desk.open(
        model(
          'a b after',
          twice +
            chain('s', 'g', 't1', 'm', 'f', 'a', 'j', 'after', 'e') +
            chain('g', 't2', 'm') +
            chain('f', 'b', 'j'),
        ),
      );
      expect(await desk.waiting(id)).toEqual(['a', 'a', 'b', 'b']);
      await desk.complete(id, 'a');
      await desk.complete(id, 'a');
      expect(await desk.waiting(id)).toEqual(['b', 'b']);
      await desk.complete(id, 'b');
      expect(await desk.waiting(id)).toEqual(['after', 'b']);
      await desk.complete(id, 'b');
      expect(await desk.waiting(id)).toEqual(['after', 'after']);
    });
  },
);

pattern(
  37,
  'Local synchronizing merge',
  'yes',
  'inclusive gateway: whether more can come is seen from the tokens',
  () => {
    it('waits in an unstructured model for what can still reach it', async () => {
      const desk = office();
      const { id } = await desk.open(
        model(
          'a b after',
          parallel('f') +
            exclusive('x', 'e') +
            inclusive('j') +
            chain('s', 'f', 'a', 'j', 'after', 'e') +
            chain('f', 'b', 'x', 'e') +
            flow('x', 'j', 'joins'),
        ),
      );
      await desk.complete(id, 'a');
      expect(await desk.waiting(id)).toEqual(['b']);
      await desk.complete(id, 'b', { joins: false });
      expect(await desk.waiting(id)).toEqual(['after']);
    });
  },
);

pattern(
  38,
  'General synchronizing merge',
  'yes',
  'inclusive gateway: it looks upstream through loops (§13.4.3)',
  () => {
    it('waits while a token that went back in a loop can still come', async () => {
      const desk = office();
      const { id } = await desk.open(
        model(
          'a b after',
          parallel('f') +
            exclusive('m') +
            exclusive('x', 'j') +
            inclusive('j') +
            chain('s', 'f', 'a', 'j', 'after', 'e') +
            chain('f', 'm', 'b', 'x', 'j') +
            flow('x', 'm', 'again'),
        ),
      );
      await desk.complete(id, 'a');
      await desk.complete(id, 'b', { again: true });
      expect(await desk.waiting(id)).toEqual(['b']);
      await desk.complete(id, 'b', { again: false });
      expect(await desk.waiting(id)).toEqual(['after']);
    });
  },
);

pattern(41, 'Thread merge', 'yes', 'startQuantity: the activity begins when so many tokens have come', () => {
  it('makes one thread of several', async () => {
    const desk = office();
    const { id } = await desk.open(
      model(
        'a b',
        '<userTask id="pack" startQuantity="2"/>' +
          parallel('f') +
          exclusive('m') +
          chain('s', 'f', 'a', 'm', 'pack', 'e') +
          chain('f', 'b', 'm'),
      ),
    );
    await desk.complete(id, 'a');
    expect(await desk.waiting(id)).toEqual(['b']);
    await desk.complete(id, 'b');
    expect(await desk.waiting(id)).toEqual(['pack']);
  });
});

pattern(42, 'Thread split', 'yes', 'completionQuantity: the activity sends so many tokens on', () => {
  it('makes several threads of one', async () => {
    const desk = office();
    const { id } = await desk.open(
      model('read', '<userTask id="unpack" completionQuantity="3"/>' + chain('s', 'unpack', 'read', 'e')),
    );
    await desk.complete(id, 'unpack');
    expect(await desk.waiting(id)).toEqual(['read', 'read', 'read']);
  });
});

/** Branches a, b, c between a fork and a complex gateway, and then `after`. */
const gathered = (condition: string) =>
  model(
    'a b c after',
    parallel('f') +
      complex('x', condition) +
      chain('s', 'f', 'a', 'x', 'after', 'e') +
      chain('f', 'b', 'x') +
      chain('f', 'c', 'x'),
  );

/** The same in a loop that begins anew after `after`, where the data says so. */
const again = (condition: string) =>
  model(
    'a b after',
    parallel('f') +
      exclusive('m') +
      exclusive('more', 'e') +
      complex('x', condition) +
      chain('s', 'm', 'f', 'a', 'x', 'after', 'more', 'e') +
      chain('f', 'b', 'x') +
      flow('more', 'm', 'again'),
  );

pattern(9, 'Structured discriminator', 'yes', 'complex gateway that goes on at the first token', () => {
  it('goes on with the first branch, takes in the others, and may then go on anew', async () => {
    const desk = office();
    const { id } = await desk.open(again('activationCount >= 1'));
    await desk.complete(id, 'b');
    expect(await desk.waiting(id)).toEqual(['a', 'after']);
    await desk.complete(id, 'a');
    expect(await desk.waiting(id)).toEqual(['after']);
    await desk.complete(id, 'after', { again: true });
    await desk.complete(id, 'a');
    expect(await desk.waiting(id)).toEqual(['after', 'b']);
  });
});

pattern(30, 'Structured partial join', 'yes', 'complex gateway that goes on when so many tokens have come', () => {
  it('goes on with the second of three branches and takes in the third', async () => {
    const desk = office();
    const { id } = await desk.open(gathered('activationCount >= 2'));
    await desk.complete(id, 'c');
    expect(await desk.waiting(id)).toEqual(['a', 'b']);
    await desk.complete(id, 'a');
    expect(await desk.waiting(id)).toEqual(['after', 'b']);
    await desk.complete(id, 'b');
    expect(await desk.waiting(id)).toEqual(['after']);
  });
});

const early = async (condition: string) => {
  const desk = office();
  const { id } = await desk.open(again(condition));
  await desk.complete(id, 'a');
  await desk.complete(id, 'after', { again: true });
  return { desk, id };
};

pattern(
  28,
  'Blocking discriminator',
  'partly',
  'complex gateway: a second token of a branch waits for the reset, but the branches themselves are not held back',
  () => {
    it('keeps what a branch brings a second time until the first round is complete', async () => {
      const { desk, id } = await early('activationCount >= 1');
      expect(await desk.waiting(id)).toEqual(['a', 'b', 'b']);
      await desk.complete(id, 'a');
      expect(await desk.waiting(id)).toEqual(['b', 'b']);
      await desk.complete(id, 'b');
      expect(await desk.waiting(id)).toEqual(['after', 'b']);
    });
  },
);

pattern(
  31,
  'Blocking partial join',
  'partly',
  'complex gateway: as the blocking discriminator, with a higher count',
  () => {
    it('keeps what a branch brings twice for the next round', async () => {
      const desk = office();
      const { id } = await desk.open(
        model(
          'a b c after',
          '<task id="t1"/><task id="t2"/>' +
            parallel('g', 'f') +
            exclusive('m') +
            complex('x', 'activationCount >= 2') +
            chain('s', 'g', 't1', 'm', 'f', 'a', 'x', 'after', 'e') +
            chain('g', 't2', 'm') +
            chain('f', 'b', 'x') +
            chain('f', 'c', 'x'),
        ),
      );
      await desk.complete(id, 'a');
      await desk.complete(id, 'a');
      expect(await desk.waiting(id)).toEqual(['b', 'b', 'c', 'c']);
      await desk.complete(id, 'b');
      expect(await desk.waiting(id)).toEqual(['after', 'b', 'c', 'c']);
      await desk.complete(id, 'c');
      await desk.complete(id, 'c');
      expect(await desk.waiting(id)).toEqual(['after', 'after', 'b']);
    });
  },
);

pattern(
  32,
  'Cancelling partial join',
  'yes',
  'sub-process in which a complex gateway leads to a terminate end event',
  () => {
    it('goes on when enough branches have come and takes back the rest', async () => {
      const desk = office();
      const { id } = await desk.open(
        model(
          'after',
          sub(
            ['a', 'b', 'c'].map((task) => `<userTask id="${task}"/>` + chain('f', task, 'x')).join('') +
              parallel('f') +
              complex('x', 'activationCount >= 2') +
              chain('is', 'f') +
              chain('x', 'won'),
          ) + chain('s', 'sub', 'after', 'e'),
        ),
      );
      await desk.complete(id, 'a');
      await desk.complete(id, 'c');
      expect(await desk.waiting(id)).toEqual(['after']);
      expect(await desk.events(id)).toContain('element.cancelled b');
    });
  },
);
