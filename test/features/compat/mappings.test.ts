import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../engine/kernel/json.ts';
import { bpmn, chain } from '../../support/bpmn.ts';
import { office } from '../../support/office.ts';

const WORKER = { id: 'worker', name: 'worker', groups: [] };

/** What a worker sees of a task with these mappings, and what the case holds when it is done. */
async function through(mappings: string, variables: JsonObject, result: JsonObject = {}) {
  const desk = office();
  const { id } = await desk.open(
    bpmn(
      `<startEvent id="s"/><serviceTask id="t" ov:topic="a"><extensionElements>${mappings}</extensionElements></serviceTask><endEvent id="e"/>${chain('s', 't', 'e')}`,
    ),
    variables,
  );
  const [job] = await desk.engine.fetchJobs({ worker: 'w', topics: ['a'], max: 1, leaseMs: 1_000 });
  await desk.engine.completeJob({ jobId: job!.id, fence: job!.fence, variables: result }, WORKER);
  return { sees: job!.variables, holds: (await desk.engine.getCase(id)).state.scopes['0']!.variables };
}

const io = (...parameters: string[]) => `<zeebe:ioMapping>${parameters.join('')}</zeebe:ioMapping>`;

describe('a mapping into the entry of a variable', () => {
  it('makes the variable where there is none', async () => {
    const input = io(
      '<zeebe:input source="=price * 2" target="order.total"/>',
      '<zeebe:input source="EUR" target="order.in.currency"/>',
    );
    expect((await through(input, { price: 3 })).sees).toMatchObject({ order: { total: 6, in: { currency: 'EUR' } } });
  });

  it('keeps what else the variable holds', async () => {
    const output = io(
      '<zeebe:output source="=total" target="order.total"/>',
      '<zeebe:output source="=now" target="order.paid.at"/>',
    );
    const { holds } = await through(output, { order: { no: 7, paid: { by: 'li' } } }, { total: 5, now: 'today' });
    expect(holds).toEqual({ order: { no: 7, total: 5, paid: { by: 'li', at: 'today' } } });
  });

  it('does not reach behind the data', async () => {
    const { engine } = office();
    const xml = bpmn(
      `<startEvent id="s"/><serviceTask id="t" ov:topic="a"><extensionElements>${io('<zeebe:input source="=1" target="a.__proto__.b"/>')}</extensionElements></serviceTask>${chain('s', 't')}`,
    );
    const { ok, graphs } = await engine.checkUpload(Buffer.from(xml));
    expect(ok).toBe(true);
    const made = graphs[0]!.nodes['t']!.inputs[0]!.source.evaluate!({ a: {} });
    expect(made).toMatchObject({ ok: true, value: null });
    expect(({} as { b?: unknown }).b).toBeUndefined();
  });
});

describe('a parameter of Camunda 7', () => {
  const parameter = (text: string) =>
    `<camunda:inputOutput><camunda:inputParameter name="p">${text}</camunda:inputParameter></camunda:inputOutput>`;

  it.each([
    ['a text', 'EUR 5', 'EUR 5'],
    ['a number, which is a text there', '5', '5'],
    ['an expression', '${amount + 1}', 6],
    ['text around an expression', 'Pay ${amount} to ${name}', 'Pay 5 to li'],
    ['nothing', '', null],
    [
      'a list',
      '<camunda:list><camunda:value>a</camunda:value><camunda:value>${amount}</camunda:value></camunda:list>',
      ['a', 5],
    ],
    ['an empty list', '<camunda:list/>', []],
    [
      'a map',
      '<camunda:map><camunda:entry key="a b">x</camunda:entry><camunda:entry key="n">${amount}</camunda:entry></camunda:map>',
      { 'a b': 'x', n: 5 },
    ],
    [
      'lists in maps',
      '<camunda:map><camunda:entry key="l"><camunda:list><camunda:value>1</camunda:value></camunda:list></camunda:entry></camunda:map>',
      { l: ['1'] },
    ],
    ['a script in FEEL', '<camunda:script scriptFormat="feel">amount * 2</camunda:script>', 10],
    ['a quote in a text', 'say "hi" \\ there', 'say "hi" \\ there'],
  ])('may be %s', async (_, text, value) => {
    expect((await through(parameter(text), { amount: 5, name: 'li' })).sees.p).toEqual(value);
  });
});
