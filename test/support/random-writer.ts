import { flow } from './bpmn.ts';
import { caught, definition, instances, LEAF_ELEMENTS, undone, when } from './random-elements.ts';
import type { Block, Leaf } from './random-model.ts';

export interface Piece {
  first: string;
  last: string;
}

type Kind<K extends Block['kind']> = Extract<Block, { kind: K }>;

/** Writes blocks as BPMN elements and flows. Ids are short: a letter for the kind and a number. */
export class Writer {
  xml = '';
  private number = 0;

  write(block: Block): Piece {
    switch (block.kind) {
      case 'sequence': {
        const pieces = block.parts.map((part) => this.write(part));
        for (let i = 1; i < pieces.length; i++) this.xml += flow(pieces[i - 1]!.last, pieces[i]!.first);
        return { first: pieces[0]!.first, last: pieces.at(-1)!.last };
      }
      case 'exclusive':
      case 'parallel':
      case 'inclusive':
        return this.gateways(block);
      case 'rework':
        return this.rework(block);
      case 'multiInstance': {
        const early = block.early ? '<completionCondition>nrOfCompletedInstances >= 1</completionCondition>' : '';
        return this.single('i', (id) => `<userTask id="${id}">${instances(block, early)}</userTask>`);
      }
      case 'subProcess':
        return this.scope(block.part, { implicit: block.implicit ?? false });
      case 'instances':
        return this.scope(block.part, { loop: instances(block) });
      case 'loop': {
        const loop = `<standardLoopCharacteristics testBefore="${block.testBefore}" loopMaximum="${block.maximum}"><loopCondition>true</loopCondition></standardLoopCharacteristics>`;
        return this.scope(block.part, { loop });
      }
      case 'quantity':
        return this.quantity(block);
      case 'boundary':
        return this.boundary(block);
      case 'guarded':
        return this.guarded(block);
      case 'throwing':
        return this.throwing(block);
      case 'terminated':
        return this.terminated(block);
      case 'awaited':
        return this.awaited(block);
      case 'conditional':
        return this.conditional(block);
      case 'enough':
        return this.enough(block);
      case 'compensated':
        return this.compensated(block);
      case 'cancelled':
        return this.cancelled(block);
      default:
        return this.leaf(block.kind);
    }
  }

  private leaf(kind: Leaf): Piece {
    if (kind === 'link') {
      const [from, to] = [this.id('l'), this.id('k')];
      const link = `<linkEventDefinition name="${from}"/>`;
      this.xml += `<intermediateThrowEvent id="${from}">${link}</intermediateThrowEvent><intermediateCatchEvent id="${to}">${link}</intermediateCatchEvent>`;
      return { first: from, last: to };
    }
    const [prefix, element] = LEAF_ELEMENTS[kind];
    return this.single(prefix, element);
  }

  private single(prefix: string, element: (id: string) => string): Piece {
    const id = this.id(prefix);
    this.xml += element(id);
    return { first: id, last: id };
  }

  private gateways({ kind, parts, chosen }: Kind<'exclusive' | 'parallel' | 'inclusive'>): Piece {
    const open = this.id('open');
    const close = this.id('close');
    const pieces = parts.map((part) => this.write(part));
    const isDefault = (i: number) => kind !== 'parallel' && i === parts.length - 1;
    const fallback = kind === 'parallel' ? '' : `default="${open}-${pieces.at(-1)!.first}"`;
    this.xml += `<${kind}Gateway id="${open}" ${fallback}/><${kind}Gateway id="${close}"/>`;
    pieces.forEach(({ first, last }, i) => {
      this.xml +=
        flow(open, first, kind === 'parallel' || isDefault(i) ? undefined : String(chosen[i]!)) + flow(last, close);
    });
    return { first: open, last: close };
  }

  /** The part is done again as often as the counter says: 补正. */
  private rework({ part, rounds }: Kind<'rework'>): Piece {
    const [init, merge, count, check] = [this.id('init'), this.id('merge'), this.id('count'), this.id('check')];
    const { first, last } = this.write(part);
    const out = this.id('out');
    const n = `n${this.number}`;
    this.xml +=
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

  /** A sub-process around the part. `inside` writes what else it holds and may lead the part elsewhere than to its end. */
  private scope(
    part: Block,
    {
      loop = '',
      implicit = false,
      inside,
      type = 'subProcess',
    }: {
      loop?: string;
      implicit?: boolean;
      inside?: (writer: Writer, piece: Piece, id: string) => void;
      type?: 'subProcess' | 'transaction';
    },
  ): Piece {
    const id = this.id('p');
    const writer = new Writer();
    writer.number = this.number;
    const piece = writer.write(part);
    if (inside) inside(writer, piece, id);
    else if (implicit) writer.xml += `<task id="${id}i"/>${flow(`${id}i`, piece.first)}`;
    else
      writer.xml += `<startEvent id="${id}s"/><endEvent id="${id}e"/>${flow(`${id}s`, piece.first)}${flow(piece.last, `${id}e`)}`;
    this.number = writer.number;
    this.xml += `<${type} id="${id}">${loop}${writer.xml}</${type}>`;
    return { first: id, last: id };
  }

  private quantity({ count }: Kind<'quantity'>): Piece {
    const [many, one] = [this.id('q'), this.id('r')];
    this.xml += `<userTask id="${many}" completionQuantity="${count}"/><userTask id="${one}" startQuantity="${count}"/>${flow(many, one)}`;
    return { first: many, last: one };
  }

  private boundary({ trigger, interrupting, part }: Kind<'boundary'>): Piece {
    const work = this.id('b');
    this.xml += `<userTask id="${work}"/>`;
    return this.attach({ first: work, last: work }, definition(trigger), interrupting, part);
  }

  /** A boundary event on the activity; its way leads to the same end, or to an end of its own when it does not interrupt. */
  private attach(activity: Piece, event: string, interrupting: boolean, part: Block): Piece {
    const [on, merge] = [this.id('on'), this.id('after')];
    const { first, last } = this.write(part);
    this.xml +=
      `<boundaryEvent id="${on}" attachedToRef="${activity.last}" cancelActivity="${interrupting}">${event}</boundaryEvent>` +
      `<exclusiveGateway id="${merge}"/>` +
      flow(activity.last, merge) +
      flow(on, first);
    if (interrupting) this.xml += flow(last, merge);
    else {
      const end = this.id('be');
      this.xml += `<endEvent id="${end}"/>` + flow(last, end);
    }
    return { first: activity.first, last: merge };
  }

  private guarded({ trigger, interrupting, part, handler }: Kind<'guarded'>): Piece {
    return this.scope(part, {
      inside(writer, piece, id) {
        writer.xml += `<startEvent id="${id}s"/><endEvent id="${id}e"/>${flow(`${id}s`, piece.first)}${flow(piece.last, `${id}e`)}`;
        const own = new Writer();
        own.number = writer.number;
        const { first, last } = own.write(handler);
        writer.number = own.number;
        writer.xml +=
          `<subProcess id="${id}h" triggeredByEvent="true"><startEvent id="${id}hs" isInterrupting="${interrupting}">${definition(trigger)}</startEvent>${own.xml}<endEvent id="${id}he"/>` +
          `${flow(`${id}hs`, first)}${flow(last, `${id}he`)}</subProcess>`;
      },
    });
  }

  private throwing({ what, interrupting, part, beside, handler }: Kind<'throwing'>): Piece {
    const thrown = `<${what}EventDefinition ${what}Ref="${what === 'error' ? 'bad' : 'late'}"/>`;
    const activity = this.scope(part, {
      inside(writer, piece, id) {
        const other = writer.write(beside);
        writer.xml +=
          `<startEvent id="${id}s"/><parallelGateway id="${id}f"/><endEvent id="${id}e"/><endEvent id="${id}x">${thrown}</endEvent>` +
          flow(`${id}s`, `${id}f`) +
          flow(`${id}f`, piece.first) +
          flow(`${id}f`, other.first) +
          flow(piece.last, `${id}x`) +
          flow(other.last, `${id}e`);
      },
    });
    return this.attach(activity, thrown, what === 'error' || interrupting, handler);
  }

  private terminated({ part }: Kind<'terminated'>): Piece {
    return this.scope(part, {
      inside(writer, piece, id) {
        writer.xml +=
          `<startEvent id="${id}s"/><parallelGateway id="${id}f"/><userTask id="${id}u"/><endEvent id="${id}e"/><endEvent id="${id}t"><terminateEventDefinition/></endEvent>` +
          flow(`${id}s`, `${id}f`) +
          flow(`${id}f`, piece.first) +
          flow(`${id}f`, `${id}u`) +
          flow(piece.last, `${id}e`) +
          flow(`${id}u`, `${id}t`);
      },
    });
  }

  private awaited({ parts }: Kind<'awaited'>): Piece {
    const [gateway, merge] = [this.id('o'), this.id('after')];
    this.xml += `<eventBasedGateway id="${gateway}"/><exclusiveGateway id="${merge}"/>`;
    parts.forEach((part, i) => {
      const event = this.id('h');
      this.xml += caught(i === 0 ? 'message' : 'timer')(event);
      const { first, last } = this.write(part);
      this.xml += flow(gateway, event) + flow(event, first) + flow(last, merge);
    });
    return { first: gateway, last: merge };
  }

  private conditional({ part }: Kind<'conditional'>): Piece {
    const [fork, join, set, wait] = [this.id('fork'), this.id('join'), this.id('set'), this.id('cond')];
    const { first, last } = this.write(part);
    this.xml +=
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

  private enough({ parts, needed }: Kind<'enough'>): Piece {
    return this.scope(parts[0]!, {
      inside(writer, piece, id) {
        const pieces = [piece, ...parts.slice(1).map((part) => writer.write(part))];
        writer.xml +=
          `<startEvent id="${id}s"/><parallelGateway id="${id}f"/><complexGateway id="${id}g"><activationCondition>activationCount >= ${needed}</activationCondition></complexGateway><endEvent id="${id}e"/>` +
          flow(`${id}s`, `${id}f`) +
          pieces.map(({ first, last }) => flow(`${id}f`, first) + flow(last, `${id}g`)).join('') +
          flow(`${id}g`, `${id}e`);
      },
    });
  }

  private compensated({ part, undo }: Kind<'compensated'>): Piece {
    return this.scope(part, {
      inside(writer, piece, id) {
        let last = `${id}s`;
        writer.xml += `<startEvent id="${last}"/>`;
        for (let i = 0; i < undo; i++) {
          writer.xml += undone(`${id}w${i}`) + flow(last, `${id}w${i}`);
          last = `${id}w${i}`;
        }
        writer.xml +=
          `<intermediateThrowEvent id="${id}c"><compensateEventDefinition/></intermediateThrowEvent><endEvent id="${id}e"/>` +
          flow(last, piece.first) +
          flow(piece.last, `${id}c`) +
          flow(`${id}c`, `${id}e`);
      },
    });
  }

  private cancelled({ part, handler }: Kind<'cancelled'>): Piece {
    const activity = this.scope(part, {
      type: 'transaction',
      inside(writer, piece, id) {
        writer.xml +=
          `<startEvent id="${id}s"/><endEvent id="${id}x"><cancelEventDefinition/></endEvent>${undone(`${id}w`)}` +
          flow(`${id}s`, `${id}w`) +
          flow(`${id}w`, piece.first) +
          flow(piece.last, `${id}x`);
      },
    });
    return this.attach(activity, '<cancelEventDefinition/>', true, handler);
  }

  private id(prefix: string): string {
    return `${prefix}${++this.number}`;
  }
}
