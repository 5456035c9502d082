import type { Node, ProcessGraph } from '../../engine/model/graph.ts';
import { typeWords } from '../../engine/model/lint/words.ts';

export interface Words {
  readonly zh: string;
  readonly en: string;
}

/**
 * What an element is called in a sentence: its name; where it has none, its kind in words, with the id where several of
 * that kind have none. What the model does not know is called by its id.
 */
export function elementWords(graph: ProcessGraph, id: string): Words {
  const node = graph.nodes[id];
  if (!node || node.name) return { zh: node?.name ?? id, en: node?.name ?? id };
  const kind = kindOf(node);
  const isAlone = Object.values(graph.nodes).every((each) => each === node || each.name || kindOf(each) !== kind);
  const { zh, en } = typeWords(kind);
  return isAlone ? { zh, en } : { zh: `${zh}（${id}）`, en: `${en} (${id})` };
}

/** Events within a process by what they wait for or do, all else by the BPMN element. */
function kindOf({ kind, trigger }: Node): string {
  const isWithin = kind === 'intermediateCatchEvent' || kind === 'intermediateThrowEvent' || kind === 'boundaryEvent';
  return isWithin && trigger ? trigger.type : kind;
}
