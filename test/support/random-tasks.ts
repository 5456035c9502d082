import { escapeXml, flow } from './bpmn.ts';
import type { Block } from './random-block.ts';
import { definition, instances, throwing } from './random-elements.ts';
import { onBoundary, type Kind, type Piece, type Writer } from './random-writer.ts';

const formal = (tag: string, text: string) => `<${tag} xsi:type="tFormalExpression">${escapeXml(text)}</${tag}>`;

export function multiInstance(writer: Writer, block: Kind<'multiInstance'>): Piece {
  const early = block.early ? '<completionCondition>nrOfCompletedInstances >= 1</completionCondition>' : '';
  return writer.single('i', (id) => `<userTask id="${id}">${instances(block, early)}</userTask>`);
}

export function gathering(writer: Writer, { count, sequential, saved }: Kind<'gathering'>): Piece {
  const list = JSON.stringify(Array.from({ length: count }, (_, i) => i + 1));
  const savePoints = saved ? 'camunda:asyncBefore="true" camunda:asyncAfter="true"' : '';
  return writer.single(
    'i',
    (id) =>
      `<userTask id="${id}"><multiInstanceLoopCharacteristics isSequential="${sequential}" ov:collection="=${list}" ov:elementVariable="${id}each" ov:outputCollection="${id}all" ov:outputElement="${id}each + 1" ${savePoints}/></userTask>`,
  );
}

export function reviews(writer: Writer, block: Kind<'reviews'>): Piece {
  const { behavior, what, interrupting, part } = block;
  const ref = { None: 'noneBehaviorEventRef', One: 'oneBehaviorEventRef', All: 'noneBehaviorEventRef', Complex: '' };
  const attributes = `behavior="${behavior}" ${ref[behavior] && `${ref[behavior]}="on-${what}"`}`;
  const complex =
    behavior === 'Complex'
      ? `<complexBehaviorDefinition>${formal('condition', 'nrOfCompletedInstances >= 2')}<event>${definition(what)}</event></complexBehaviorDefinition>`
      : '';
  const activity = writer.single(
    'i',
    (id) => `<userTask id="${id}">${instances(block, complex, attributes)}</userTask>`,
  );
  return writer.attach(activity, (id, more) => throwing('boundaryEvent', id, what, more), interrupting, part);
}

export function boundary(writer: Writer, { trigger, interrupting, part }: Kind<'boundary'>): Piece {
  const hangs = trigger === 'due';
  const work = writer.single('b', (id) => `<userTask id="${id}" ${hangs ? 'ov:promise="3"' : ''}/>`);
  const event = onBoundary(trigger);
  const ofTask = (id: string, attributes: string) => event(id, attributes).replace('ov:of="case"', '');
  return writer.attach(work, hangs ? ofTask : event, interrupting, part);
}

export function mishap(writer: Writer, { of, interrupting, part }: Kind<'mishap'>): Piece {
  const element = (id: string) =>
    of === 'call' ? `<callActivity id="${id}" calledElement="Other"/>` : `<serviceTask id="${id}" ov:topic="work"/>`;
  const work = writer.single('a', element);
  const user: Block = { kind: 'user' };
  const caught = writer.attach(work, (id, more) => throwing('boundaryEvent', id, 'error', more), true, part);
  if (of === 'service') return caught;
  const [on, end] = [writer.id('on'), writer.id('be')];
  const { first, last } = writer.write(user);
  const attributes = `attachedToRef="${work.first}" cancelActivity="${interrupting}"`;
  writer.xml += throwing('boundaryEvent', on, 'escalation', attributes) + flow(on, first);
  writer.xml += interrupting ? flow(last, caught.last) : `<endEvent id="${end}"/>${flow(last, end)}`;
  return caught;
}
