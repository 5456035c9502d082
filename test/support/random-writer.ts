import { flow } from './bpmn.ts';
import type { Block, Leaf } from './random-block.ts';
import { awaiting, LEAF_ELEMENTS } from './random-elements.ts';
import * as flows from './random-flows.ts';
import * as scopes from './random-scopes.ts';
import * as tasks from './random-tasks.ts';

export interface Piece {
  first: string;
  last: string;
}

export type Kind<K extends Block['kind']> = Extract<Block, { kind: K }>;

/** Writes blocks as BPMN elements and flows. Ids are short: a letter for the kind and a number. */
export class Writer {
  xml = '';
  private number = 0;

  write(block: Block): Piece {
    switch (block.kind) {
      case 'sequence':
        return flows.sequence(this, block);
      case 'exclusive':
      case 'parallel':
      case 'inclusive':
        return flows.gateways(this, block);
      case 'branching':
        return flows.branching(this, block);
      case 'rework':
        return flows.rework(this, block);
      case 'quantity':
        return flows.quantity(this, block);
      case 'awaited':
        return flows.awaited(this, block);
      case 'conditional':
        return flows.conditional(this, block);
      case 'multiInstance':
        return tasks.multiInstance(this, block);
      case 'gathering':
        return tasks.gathering(this, block);
      case 'reviews':
        return tasks.reviews(this, block);
      case 'boundary':
        return tasks.boundary(this, block);
      case 'mishap':
        return tasks.mishap(this, block);
      case 'subProcess':
      case 'instances':
        return scopes.subProcess(this, block);
      case 'loop':
        return scopes.loop(this, block);
      case 'spread':
        return scopes.spread(this, block);
      case 'guarded':
        return scopes.guarded(this, block);
      case 'handled':
        return scopes.handled(this, block);
      case 'throwing':
        return scopes.throwing(this, block);
      case 'terminated':
        return scopes.terminated(this, block);
      case 'ending':
        return scopes.ending(this, block);
      case 'enough':
        return scopes.enough(this, block);
      case 'compensated':
        return scopes.compensated(this, block);
      case 'undone':
        return scopes.undoneLater(this, block);
      case 'cancelled':
        return scopes.cancelled(this, block);
      case 'adHoc':
        return scopes.adHoc(this, block);
      default:
        return this.leaf(block.kind);
    }
  }

  id(prefix: string): string {
    return `${prefix}${++this.number}`;
  }

  single(prefix: string, element: (id: string) => string): Piece {
    const id = this.id(prefix);
    this.xml += element(id);
    return { first: id, last: id };
  }

  /** What is written inside another element; its ids go on from ours. */
  inside<T>(write: (writer: Writer) => T): { xml: string; result: T } {
    const writer = new Writer();
    writer.number = this.number;
    const result = write(writer);
    this.number = writer.number;
    return { xml: writer.xml, result };
  }

  /** A boundary event on the activity; its way leads to the same end, or to an end of its own when it does not interrupt. */
  attach(
    activity: Piece,
    event: (id: string, attributes: string) => string,
    interrupting: boolean,
    part: Block,
  ): Piece {
    const [on, merge] = [this.id('on'), this.id('after')];
    const { first, last } = this.write(part);
    this.xml +=
      event(on, `attachedToRef="${activity.last}" cancelActivity="${interrupting}"`) +
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
}

/** An event that waits on the boundary of an activity. */
export const onBoundary = (trigger: Parameters<typeof awaiting>[2]) => (id: string, attributes: string) =>
  awaiting('boundaryEvent', id, trigger, attributes);
