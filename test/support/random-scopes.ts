import { flow } from './bpmn.ts';
import type { Block } from './random-block.ts';
import { awaiting, instances, throwing as thrown, undone } from './random-elements.ts';
import type { Kind, Piece, Writer } from './random-writer.ts';

interface Inside {
  loop?: string;
  implicit?: boolean;
  /** Writes what else the scope holds, and may lead the part elsewhere than from its start to its end. */
  more?: (writer: Writer, piece: Piece, id: string) => void;
  type?: 'subProcess' | 'transaction';
}

/** A sub-process around the part. */
function scope(writer: Writer, part: Block, { loop = '', implicit, more, type = 'subProcess' }: Inside): Piece {
  const id = writer.id('p');
  const { xml } = writer.inside((inner) => {
    const piece = inner.write(part);
    if (more) more(inner, piece, id);
    else if (implicit) inner.xml += `<task id="${id}i"/>${flow(`${id}i`, piece.first)}`;
    else inner.xml += around(id, piece);
  });
  writer.xml += `<${type} id="${id}">${loop}${xml}</${type}>`;
  return { first: id, last: id };
}

function around(id: string, { first, last }: Piece): string {
  return `<startEvent id="${id}s"/><endEvent id="${id}e"/>${flow(`${id}s`, first)}${flow(last, `${id}e`)}`;
}

/** An event sub-process in the scope `id`, begun by the start event `start`. */
function eventSubProcess(writer: Writer, id: string, start: (id: string) => string, handler: Block): void {
  const { xml, result } = writer.inside((own) => own.write(handler));
  writer.xml +=
    `<subProcess id="${id}h" triggeredByEvent="true">${start(`${id}hs`)}${xml}<endEvent id="${id}he"/>` +
    `${flow(`${id}hs`, result.first)}${flow(result.last, `${id}he`)}</subProcess>`;
}

export function subProcess(writer: Writer, block: Kind<'subProcess' | 'instances'>): Piece {
  if (block.kind === 'instances') return scope(writer, block.part, { loop: instances(block) });
  return scope(writer, block.part, { implicit: block.implicit ?? false });
}

export function loop(writer: Writer, { part, maximum, testBefore }: Kind<'loop'>): Piece {
  const repeated = `<standardLoopCharacteristics testBefore="${testBefore}" loopMaximum="${maximum}"><loopCondition>true</loopCondition></standardLoopCharacteristics>`;
  if (part) return scope(writer, part, { loop: repeated });
  return writer.single('u', (id) => `<userTask id="${id}">${repeated}</userTask>`);
}

export function spread(writer: Writer, { parts }: Kind<'spread'>): Piece {
  return scope(writer, parts[0]!, {
    more(inner, piece, id) {
      const pieces = [piece, ...parts.slice(1).map((part) => inner.write(part))];
      inner.xml +=
        `<startEvent id="${id}s"/><userTask id="${id}u"/><userTask id="${id}m"/><endEvent id="${id}e"/>${flow(`${id}s`, `${id}u`)}${flow(`${id}m`, `${id}e`)}` +
        pieces.map(({ first, last }) => flow(`${id}u`, first) + flow(last, `${id}m`)).join('');
    },
  });
}

export function guarded(writer: Writer, { trigger, interrupting, part, handler }: Kind<'guarded'>): Piece {
  return scope(writer, part, {
    more(inner, piece, id) {
      inner.xml += around(id, piece);
      const start = (event: string) => awaiting('startEvent', event, trigger, `isInterrupting="${interrupting}"`);
      eventSubProcess(inner, id, start, handler);
    },
  });
}

export function handled(writer: Writer, { what, interrupting, part, handler }: Kind<'handled'>): Piece {
  return scope(writer, part, {
    more(inner, piece, id) {
      inner.xml += `<startEvent id="${id}s"/>${thrown('endEvent', `${id}x`, what)}${flow(`${id}s`, piece.first)}${flow(piece.last, `${id}x`)}`;
      const attributes = `isInterrupting="${what === 'error' || interrupting}"`;
      eventSubProcess(inner, id, (event) => thrown('startEvent', event, what, attributes), handler);
    },
  });
}

export function throwing(writer: Writer, { what, interrupting, part, beside, handler }: Kind<'throwing'>): Piece {
  const activity = scope(writer, part, {
    more(inner, piece, id) {
      const other = inner.write(beside);
      inner.xml +=
        `<startEvent id="${id}s"/><parallelGateway id="${id}f"/><endEvent id="${id}e"/>${thrown('endEvent', `${id}x`, what)}` +
        flow(`${id}s`, `${id}f`) +
        flow(`${id}f`, piece.first) +
        flow(`${id}f`, other.first) +
        flow(piece.last, `${id}x`) +
        flow(other.last, `${id}e`);
    },
  });
  const event = (id: string, attributes: string) => thrown('boundaryEvent', id, what, attributes);
  return writer.attach(activity, event, what === 'error' || interrupting, handler);
}

export function terminated(writer: Writer, { part }: Kind<'terminated'>): Piece {
  return scope(writer, part, {
    more(inner, piece, id) {
      inner.xml +=
        `<startEvent id="${id}s"/><parallelGateway id="${id}f"/><userTask id="${id}u"/><endEvent id="${id}e"/>${thrown('endEvent', `${id}t`, 'terminate')}` +
        flow(`${id}s`, `${id}f`) +
        flow(`${id}f`, piece.first) +
        flow(`${id}f`, `${id}u`) +
        flow(piece.last, `${id}e`) +
        flow(`${id}u`, `${id}t`);
    },
  });
}

export function ending(writer: Writer, { part, what }: Kind<'ending'>): Piece {
  return scope(writer, part, {
    more(inner, { first, last }, id) {
      inner.xml += `<startEvent id="${id}s"/>${thrown('endEvent', `${id}x`, what)}${flow(`${id}s`, first)}${flow(last, `${id}x`)}`;
    },
  });
}

export function enough(writer: Writer, { parts, needed, late }: Kind<'enough'>): Piece {
  return scope(writer, parts[0]!, {
    more(inner, piece, id) {
      const pieces = [piece, ...parts.slice(1).map((part) => inner.write(part))];
      inner.xml +=
        `<startEvent id="${id}s"/><parallelGateway id="${id}f"/><complexGateway id="${id}g"><activationCondition>activationCount >= ${needed}</activationCondition></complexGateway><endEvent id="${id}e"/>` +
        flow(`${id}s`, `${id}f`) +
        pieces.map(({ first, last }) => flow(`${id}f`, first) + flow(last, `${id}g`)).join('') +
        flow(`${id}g`, `${id}e`, late ? 'waitingForStart' : undefined);
      if (late)
        inner.xml += `<userTask id="${id}l"/>${flow(`${id}g`, `${id}l`, 'not(waitingForStart)')}${flow(`${id}l`, `${id}e`)}`;
    },
  });
}

export function compensated(writer: Writer, { part, undo, one, wait, last: atEnd }: Kind<'compensated'>): Piece {
  return scope(writer, part, {
    more(inner, piece, id) {
      let last = `${id}s`;
      inner.xml += `<startEvent id="${last}"/>`;
      for (let i = 0; i < undo; i++) {
        inner.xml += undone(`${id}w${i}`) + flow(last, `${id}w${i}`);
        last = `${id}w${i}`;
      }
      const definition = `<compensateEventDefinition waitForCompletion="${wait}" ${one ? `activityRef="${id}w0"` : ''}/>`;
      inner.xml += flow(last, piece.first) + flow(piece.last, `${id}c`);
      inner.xml += atEnd
        ? `<endEvent id="${id}c">${definition}</endEvent>`
        : `<intermediateThrowEvent id="${id}c">${definition}</intermediateThrowEvent><endEvent id="${id}e"/>${flow(`${id}c`, `${id}e`)}`;
    },
  });
}

export function undoneLater(writer: Writer, { part, handler }: Kind<'undone'>): Piece {
  const outer = writer.id('p');
  const { xml } = writer.inside((inner) => {
    const piece = scope(inner, part, {
      more(own, within, id) {
        own.xml += around(id, within);
        eventSubProcess(own, id, (event) => thrown('startEvent', event, 'compensate'), handler);
      },
    });
    inner.xml +=
      `<startEvent id="${outer}s"/>${thrown('endEvent', `${outer}x`, 'compensate')}` +
      flow(`${outer}s`, piece.first) +
      flow(piece.last, `${outer}x`);
  });
  writer.xml += `<subProcess id="${outer}">${xml}</subProcess>`;
  return { first: outer, last: outer };
}

export function cancelled(writer: Writer, { part, handler, cancels }: Kind<'cancelled'>): Piece {
  const activity = scope(writer, part, {
    type: 'transaction',
    more(inner, piece, id) {
      inner.xml +=
        `<startEvent id="${id}s"/><exclusiveGateway id="${id}g" default="${id}g-${id}e"/><endEvent id="${id}e"/>${thrown('endEvent', `${id}x`, 'cancel')}${undone(`${id}w`)}` +
        flow(`${id}s`, `${id}w`) +
        flow(`${id}w`, piece.first) +
        flow(piece.last, `${id}g`) +
        flow(`${id}g`, `${id}x`, String(cancels)) +
        flow(`${id}g`, `${id}e`);
    },
  });
  return writer.attach(activity, (id, attributes) => thrown('boundaryEvent', id, 'cancel', attributes), true, handler);
}

/** Each part in a sub-process of its own, for only activities can be chosen; after the first one comes another task. */
export function adHoc(writer: Writer, block: Kind<'adHoc'>): Piece {
  const { parts, sequential, begun, condition, cancelRemaining } = block;
  const id = writer.id('v');
  const { xml, result } = writer.inside((inner) => {
    const pieces = parts.map((part) => scope(inner, part, {}).first);
    inner.xml += `<userTask id="${id}n"/>${flow(pieces[0]!, `${id}n`)}`;
    return pieces;
  });
  const begin = begun
    ? `<extensionElements><zeebe:adHoc activeElementsCollection="=[&quot;${result[0]!}&quot;]"/></extensionElements>`
    : '';
  const until = condition === undefined ? '' : `<completionCondition>${condition}</completionCondition>`;
  writer.xml += `<adHocSubProcess id="${id}" ordering="${sequential ? 'Sequential' : 'Parallel'}" cancelRemainingInstances="${cancelRemaining}">${begin}${xml}${until}</adHocSubProcess>`;
  return { first: id, last: id };
}
