import { Rejection } from '../../kernel/rejection.ts';
import type { Node, ProcessGraph } from '../../model/graph.ts';

/**
 * Which element or sequence flow of the new version stands for one of the old version; null: none does. What is not named
 * keeps its id.
 */
export type Mapping = Readonly<Record<string, string | null>>;

/** The two versions of a definition and the way from one to the other. */
export class Crossing {
  readonly from: ProcessGraph;
  readonly to: ProcessGraph;
  readonly given: Mapping;

  /** `migration.unknown_element` where the mapping names what is in neither version. */
  constructor(from: ProcessGraph, to: ProcessGraph, given: Mapping) {
    this.from = from;
    this.to = to;
    this.given = given;
    for (const [old, target] of Object.entries(given)) {
      if (!from.nodes[old] && !from.flows[old]) throw unknown(old, 'old');
      if (target === null) continue;
      const there = from.nodes[old] ? to.nodes[target] : to.flows[target];
      if (!there) throw unknown(target, 'new');
    }
  }

  isGiven(id: string): boolean {
    return Object.hasOwn(this.given, id);
  }

  /** The element of the new version; undefined where none stands for it. */
  node(id: string): Node | undefined {
    const target = this.isGiven(id) ? this.given[id] : id;
    return target === null || target === undefined ? undefined : this.to.nodes[target];
  }

  /** The id of the scope's element; '' is the process in both versions. */
  scope(id: string): string | undefined {
    return id === '' ? '' : this.node(id)?.id;
  }

  /** The flow into `join` on which a token held on the old flow waits: named, of the same id, or the only one of the same source. */
  flow(id: string, join: Node): string | undefined {
    if (this.isGiven(id)) {
      const target = this.given[id];
      return typeof target === 'string' && join.incoming.includes(target) ? target : undefined;
    }
    if (join.incoming.includes(id)) return id;
    const source = this.node(this.from.flows[id]!.source)?.id;
    const same = join.incoming.filter((flow) => this.to.flows[flow]!.source === source);
    return same.length === 1 ? same[0] : undefined;
  }
}

function unknown(element: string, version: 'old' | 'new'): Rejection {
  return new Rejection(
    'invalid',
    'migration.unknown_element',
    `Expected '${element}' of the mapping in the ${version} version, but it is not there`,
    { element, version },
  );
}
