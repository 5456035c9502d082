import type { ParsedModel } from './parsed-model.ts';

/** Nodes, flows or problems taken in at once: 2 ms on a slow machine. */
const PART = 500;

/** A piece of one of the long lists of a model; `list` as `longLists` counts them. */
export interface ModelPart {
  readonly list: number;
  readonly items: readonly unknown[];
}

/**
 * A model cut for the way between threads, since taking in a large one at once holds the event loop: first the parts, then
 * the model without what is in them.
 */
export function cutModel(model: ParsedModel): { readonly parts: readonly ModelPart[]; readonly rest: ParsedModel } {
  const parts: ModelPart[] = [];
  for (const [list, items] of longLists(model).entries()) {
    for (let from = 0; from < items.length; from += PART) parts.push({ list, items: items.slice(from, from + PART) });
  }
  const executables = model.executables.map((process) => ({ ...process, nodes: [], flows: [] }));
  const [process] = executables;
  return { parts, rest: { ...model, problems: [], executables, ...(process && { process }) } };
}

/** Puts a part back into the rest that `cutModel` left, which is filled for it. */
export function addPart(rest: ParsedModel, { list, items }: ModelPart): void {
  const filled = longLists(rest)[list] as unknown[];
  for (const item of items) filled.push(item);
}

function longLists({ problems, executables }: ParsedModel): readonly (readonly unknown[])[] {
  return [problems, ...executables.flatMap(({ nodes, flows }) => [nodes, flows])];
}
