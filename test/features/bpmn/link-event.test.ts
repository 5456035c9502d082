import { expect, it } from '@jest/globals';
import { bpmn, chain, flow } from '../../support/bpmn.ts';
import { element } from '../../support/conformance.ts';
import { office } from '../../support/office.ts';

const link = (name: string) => `<linkEventDefinition name="${name}"/>`;
const from = (id: string, name = '补正') => `<intermediateThrowEvent id="${id}">${link(name)}</intermediateThrowEvent>`;
const to = (id: string, name = '补正') => `<intermediateCatchEvent id="${id}">${link(name)}</intermediateCatchEvent>`;

element('Link intermediate event', '13.5.2', () => {
  it('goes on at the catching event of its name, from any of its sources', async () => {
    const desk = office();
    const model = bpmn(
      `<startEvent id="s"/><exclusiveGateway id="x" default="x-a"/>${from('a')}${from('b')}${from('c', '退件')}${to('fix')}${to('back', '退件')}<userTask id="amend"/><userTask id="return"/><endEvent id="e"/>` +
        flow('s', 'x') +
        flow('x', 'a') +
        flow('x', 'b', 'way = "b"') +
        flow('x', 'c', 'way = "c"') +
        chain('fix', 'amend', 'e') +
        chain('back', 'return', 'e'),
    );
    expect(await desk.waiting((await desk.open(model, { way: 'a' })).id)).toEqual(['amend']);
    expect(await desk.waiting((await desk.start('P', { way: 'b' })).id)).toEqual(['amend']);
    const { id } = await desk.start('P', { way: 'c' });
    expect(await desk.waiting(id)).toEqual(['return']);
    expect(await desk.events(id)).toEqual(expect.arrayContaining(['element.completed c', 'element.completed back']));
  });

  it('may lead back, as a loop that is not drawn', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(
        `<startEvent id="s"/><exclusiveGateway id="merge"/><userTask id="review"/><exclusiveGateway id="x" default="x-e"/>${from('again')}${to('redo')}<endEvent id="e"/>` +
          chain('s', 'merge', 'review', 'x') +
          flow('x', 'again', 'ok = false') +
          flow('x', 'e') +
          flow('redo', 'merge'),
      ),
    );
    await desk.complete(id, 'review', { ok: false });
    await desk.complete(id, 'review', { ok: false });
    await desk.complete(id, 'review', { ok: true });
    expect((await desk.engine.getCase(id)).status).toBe('completed');
  });

  it('is seen by an inclusive join: a token before the link is waited for', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(
        `<startEvent id="s"/><inclusiveGateway id="fork"/><userTask id="a"/><userTask id="b"/>${from('l')}${to('k')}<inclusiveGateway id="join"/><userTask id="after"/><endEvent id="e"/>` +
          chain('s', 'fork', 'a', 'join', 'after', 'e') +
          chain('fork', 'b', 'l') +
          flow('k', 'join'),
      ),
    );
    await desk.complete(id, 'a');
    expect(await desk.waiting(id)).toEqual(['b']);
    await desk.complete(id, 'b');
    expect(await desk.waiting(id)).toEqual(['after']);
  });

  it('stays within its scope: each sub-process has links of its own', async () => {
    const desk = office();
    const { id } = await desk.open(
      bpmn(
        `<startEvent id="s"/><subProcess id="sub"><startEvent id="is"/>${from('il')}${to('ik')}<userTask id="inside"/><endEvent id="ie"/>${chain('is', 'il')}${chain('ik', 'inside', 'ie')}</subProcess>${from('l')}${to('k')}<userTask id="outside"/><endEvent id="e"/>` +
          chain('s', 'sub', 'l') +
          chain('k', 'outside', 'e'),
      ),
    );
    await desk.complete(id, 'inside');
    expect(await desk.waiting(id)).toEqual(['outside']);
  });
});
