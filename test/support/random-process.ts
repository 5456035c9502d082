import { bpmn, flow } from './bpmn.ts';
import type { ProcessShape } from './random-block.ts';
import { awaiting, PROMISE, ROOTS, throwing } from './random-elements.ts';
import { Writer } from './random-writer.ts';

/** Writes a process that begins and ends as its shape says. */
export function processToBpmn(shape: ProcessShape): string {
  const writer = new Writer();
  const { first, last } = writer.write(shape.block);
  return bpmn(start(shape, first) + writer.xml + end(shape, last), { roots: ROOTS, processAttrs: PROMISE });
}

function start({ start: how, trigger, parallel }: ProcessShape, first: string): string {
  const both = '<messageEventDefinition messageRef="m"/><messageEventDefinition messageRef="other"/>';
  switch (how) {
    case 'none':
      return `<startEvent id="s" ov:form="apply" camunda:initiator="opened"/>${flow('s', first)}`;
    case 'implicit':
      return `<task id="s"/>${flow('s', first)}`;
    case 'event':
      return (
        `<startEvent id="s"/>${awaiting('startEvent', 's2', trigger)}<exclusiveGateway id="s-join"/>` +
        ['s', 's2'].map((event) => flow(event, 's-join')).join('') +
        flow('s-join', first)
      );
    case 'several':
      return `<startEvent id="s" parallelMultiple="${parallel}">${both}</startEvent>${flow('s', first)}`;
    case 'receive':
      return `<receiveTask id="s" messageRef="m" instantiate="true"/>${flow('s', first)}`;
    case 'gateway': {
      const [join, type] = parallel ? ['parallelGateway', 'Parallel'] : ['exclusiveGateway', 'Exclusive'];
      return (
        `<eventBasedGateway id="s" instantiate="true" eventGatewayType="${type}"/><${join} id="s-join"/>` +
        `${awaiting('intermediateCatchEvent', 's1', 'message')}<receiveTask id="s2" messageRef="m"/>` +
        ['s1', 's2'].map((event) => flow('s', event) + flow(event, 's-join')).join('') +
        flow('s-join', first)
      );
    }
  }
}

function end({ end: how }: ProcessShape, last: string): string {
  if (how === 'implicit') return '';
  return (how === 'none' ? '<endEvent id="e"/>' : throwing('endEvent', 'e', how)) + flow(last, 'e');
}
