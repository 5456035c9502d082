import { flow } from './bpmn.ts';
import { awaiting, when } from './random-elements.ts';
import type { Kind, Piece, Writer } from './random-writer.ts';

export function sequence(writer: Writer, { parts }: Kind<'sequence'>): Piece {
  const pieces = parts.map((part) => writer.write(part));
  for (let i = 1; i < pieces.length; i++) writer.xml += flow(pieces[i - 1]!.last, pieces[i]!.first);
  return { first: pieces[0]!.first, last: pieces.at(-1)!.last };
}

export function gateways(writer: Writer, { kind, parts, chosen }: Kind<'exclusive' | 'parallel' | 'inclusive'>): Piece {
  const open = writer.id('open');
  const close = writer.id('close');
  const pieces = parts.map((part) => writer.write(part));
  const fallback = kind === 'parallel' ? '' : `default="${open}-${pieces.at(-1)!.first}"`;
  writer.xml += `<${kind}Gateway id="${open}" ${fallback}/><${kind}Gateway id="${close}"/>`;
  pieces.forEach(({ first, last }, i) => {
    const isChosen = kind === 'parallel' || i === parts.length - 1 ? undefined : String(chosen[i]!);
    writer.xml += flow(open, first, isChosen) + flow(last, close);
  });
  return { first: open, last: close };
}

export function branching(writer: Writer, { parts, chosen }: Kind<'branching'>): Piece {
  const [task, close] = [writer.id('u'), writer.id('close')];
  const pieces = parts.map((part) => writer.write(part));
  writer.xml += `<userTask id="${task}" default="${task}-${pieces.at(-1)!.first}"/><inclusiveGateway id="${close}"/>`;
  pieces.forEach(({ first, last }, i) => {
    writer.xml += flow(task, first, i === parts.length - 1 ? undefined : String(chosen[i]!)) + flow(last, close);
  });
  return { first: task, last: close };
}

/** The part is done again as often as the counter says: 补正. */
export function rework(writer: Writer, { part, rounds }: Kind<'rework'>): Piece {
  const [init, merge, count, check] = [writer.id('init'), writer.id('merge'), writer.id('count'), writer.id('check')];
  const { first, last } = writer.write(part);
  const out = writer.id('out');
  const n = `n${out.slice(3)}`;
  writer.xml +=
    `<scriptTask id="${init}" scriptFormat="feel" ov:result="${n}"><script>${rounds}</script></scriptTask><exclusiveGateway id="${merge}"/>` +
    `<scriptTask id="${count}" scriptFormat="feel" ov:result="${n}"><script>${n} - 1</script></scriptTask><exclusiveGateway id="${check}" default="${check}-${out}"/>` +
    `<task id="${out}"/>` +
    flow(init, merge) +
    flow(merge, first) +
    flow(last, count) +
    flow(count, check) +
    flow(check, merge, `${n} >= 0`) +
    flow(check, out);
  return { first: init, last: out };
}

export function quantity(writer: Writer, { count }: Kind<'quantity'>): Piece {
  const [many, one] = [writer.id('q'), writer.id('r')];
  writer.xml += `<userTask id="${many}" completionQuantity="${count}"/><userTask id="${one}" startQuantity="${count}"/>${flow(many, one)}`;
  return { first: many, last: one };
}

export function awaited(writer: Writer, { parts, events }: Kind<'awaited'>): Piece {
  const [gateway, merge] = [writer.id('o'), writer.id('after')];
  writer.xml += `<eventBasedGateway id="${gateway}"/><exclusiveGateway id="${merge}"/>`;
  parts.forEach((part, i) => {
    const event = writer.id('h');
    const what = events[i]!;
    writer.xml +=
      what === 'receive'
        ? `<receiveTask id="${event}" messageRef="other"/>`
        : awaiting('intermediateCatchEvent', event, what);
    const { first, last } = writer.write(part);
    writer.xml += flow(gateway, event) + flow(event, first) + flow(last, merge);
  });
  return { first: gateway, last: merge };
}

export function conditional(writer: Writer, { part }: Kind<'conditional'>): Piece {
  const [fork, join, set, wait] = [writer.id('fork'), writer.id('join'), writer.id('set'), writer.id('cond')];
  const { first, last } = writer.write(part);
  writer.xml +=
    `<parallelGateway id="${fork}"/><parallelGateway id="${join}"/>` +
    `<scriptTask id="${set}" scriptFormat="feel" ov:result="${set}"><script>1</script></scriptTask>` +
    `<intermediateCatchEvent id="${wait}">${when(`${set} = 1`)}</intermediateCatchEvent>` +
    flow(fork, first) +
    flow(last, set) +
    flow(set, join) +
    flow(fork, wait) +
    flow(wait, join);
  return { first: fork, last: join };
}
