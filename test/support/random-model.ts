import fc from 'fast-check';
import { bpmn, flow } from './bpmn.ts';

/** A well-formed piece of a process with one way in and one way out: any tree of these can run to its end. */
export type Block =
  | { kind: 'user' | 'service' | 'script' | 'timer' | 'message' }
  | { kind: 'sequence'; parts: Block[] }
  | { kind: 'exclusive' | 'parallel' | 'inclusive'; parts: Block[]; chosen: boolean[] }
  | { kind: 'rework'; part: Block; rounds: number }
  | { kind: 'subProcess'; part: Block }
  | { kind: 'multiInstance'; count: number; sequential: boolean; early: boolean }
  | { kind: 'boundary'; trigger: 'timer' | 'message'; interrupting: boolean; part: Block };

/** Random blocks of every element kind the core runs; shrinks towards a single user task. */
export const anyBlock: fc.Arbitrary<Block> = fc.letrec<{ block: Block; leaf: Block }>((tie) => ({
  leaf: fc.oneof(
    fc.constantFrom<Block>(
      { kind: 'user' },
      { kind: 'service' },
      { kind: 'script' },
      { kind: 'timer' },
      { kind: 'message' },
    ),
    fc.record({
      kind: fc.constant('multiInstance' as const),
      count: fc.nat(3),
      sequential: fc.boolean(),
      early: fc.boolean(),
    }),
  ),
  block: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'block' },
    tie('leaf'),
    fc.record({
      kind: fc.constant('sequence' as const),
      parts: fc.array(tie('block'), { minLength: 2, maxLength: 3 }),
    }),
    fc.record({
      kind: fc.constantFrom('exclusive' as const, 'parallel' as const, 'inclusive' as const),
      parts: fc.array(tie('block'), { minLength: 2, maxLength: 3 }),
      chosen: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
    }),
    fc.record({ kind: fc.constant('rework' as const), part: tie('block'), rounds: fc.nat(2) }),
    fc.record({ kind: fc.constant('subProcess' as const), part: tie('block') }),
    fc.record({
      kind: fc.constant('boundary' as const),
      trigger: fc.constantFrom('timer' as const, 'message' as const),
      interrupting: fc.boolean(),
      part: tie('block'),
    }),
  ),
})).block;

/** Writes the block as a process with a start and an end. */
export function blockToBpmn(block: Block): string {
  const writer = new Writer();
  const { first, last } = writer.write(block);
  return bpmn(`<startEvent id="s"/>${writer.xml}<endEvent id="e"/>${flow('s', first)}${flow(last, 'e')}`, {
    roots: '<message id="m" name="news"/>',
  });
}

interface Piece {
  first: string;
  last: string;
}

class Writer {
  xml = '';
  private number = 0;

  write(block: Block): Piece {
    switch (block.kind) {
      case 'user':
        return this.leaf('u', (id) => `<userTask id="${id}"/>`);
      case 'service':
        return this.leaf('w', (id) => `<serviceTask id="${id}" ov:topic="work"/>`);
      case 'script':
        return this.leaf(
          'c',
          (id) => `<scriptTask id="${id}" scriptFormat="feel" ov:result="${id}"><script>1 + 1</script></scriptTask>`,
        );
      case 'timer':
        return this.leaf('t', (id) => `<intermediateCatchEvent id="${id}">${TIMER}</intermediateCatchEvent>`);
      case 'message':
        return this.leaf('g', (id) => `<intermediateCatchEvent id="${id}">${MESSAGE}</intermediateCatchEvent>`);
      case 'multiInstance': {
        const early = block.early ? '<completionCondition>nrOfCompletedInstances >= 1</completionCondition>' : '';
        const loop = `<multiInstanceLoopCharacteristics isSequential="${block.sequential}"><loopCardinality>${block.count}</loopCardinality>${early}</multiInstanceLoopCharacteristics>`;
        return this.leaf('i', (id) => `<userTask id="${id}">${loop}</userTask>`);
      }
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
      case 'subProcess': {
        const inside = new Writer();
        inside.number = this.number + 1;
        const { first, last } = inside.write(block.part);
        const id = `p${this.number}`;
        this.number = inside.number + 1;
        this.xml += `<subProcess id="${id}"><startEvent id="${id}s"/>${inside.xml}<endEvent id="${id}e"/>${flow(`${id}s`, first)}${flow(last, `${id}e`)}</subProcess>`;
        return { first: id, last: id };
      }
      case 'boundary':
        return this.boundary(block);
    }
  }

  private leaf(prefix: string, xml: (id: string) => string): Piece {
    const id = this.id(prefix);
    this.xml += xml(id);
    return { first: id, last: id };
  }

  private gateways({ kind, parts, chosen }: Extract<Block, { chosen: boolean[] }>): Piece {
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
  private rework({ part, rounds }: Extract<Block, { rounds: number }>): Piece {
    const [init, merge, count, check] = [this.id('init'), this.id('merge'), this.id('count'), this.id('check')];
    const { first, last } = this.write(part);
    const n = `n${this.number}`;
    this.xml +=
      `<scriptTask id="${init}" scriptFormat="feel" ov:result="${n}"><script>${rounds}</script></scriptTask><exclusiveGateway id="${merge}"/>` +
      `<scriptTask id="${count}" scriptFormat="feel" ov:result="${n}"><script>${n} - 1</script></scriptTask><exclusiveGateway id="${check}" default="${check}-${this.peek('out')}"/>`;
    const out = this.id('out');
    this.xml +=
      `<task id="${out}"/>` +
      flow(init, merge) +
      flow(merge, first) +
      flow(last, count) +
      flow(count, check) +
      flow(check, merge, `${n} >= 0`) +
      flow(check, out);
    return { first: init, last: out };
  }

  private boundary({ trigger, interrupting, part }: Extract<Block, { trigger: string }>): Piece {
    const [work, event, merge] = [this.id('b'), this.id('on'), this.id('after')];
    const { first, last } = this.write(part);
    this.xml +=
      `<userTask id="${work}"/><boundaryEvent id="${event}" attachedToRef="${work}" cancelActivity="${interrupting}">${trigger === 'timer' ? TIMER : MESSAGE}</boundaryEvent>` +
      `<exclusiveGateway id="${merge}"/>` +
      flow(work, merge) +
      flow(event, first);
    if (interrupting) this.xml += flow(last, merge);
    else {
      const end = this.id('be');
      this.xml += `<endEvent id="${end}"/>` + flow(last, end);
    }
    return { first: work, last: merge };
  }

  private id(prefix: string): string {
    return `${prefix}${++this.number}`;
  }

  private peek(prefix: string): string {
    return `${prefix}${this.number + 1}`;
  }
}

const TIMER = '<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>';
const MESSAGE = '<messageEventDefinition messageRef="m"/>';
