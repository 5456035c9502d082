import { eventsOf, type FinalCase, type Shapes } from './evidence.ts';

/** A call activity opens one case, and its own case goes on when that one has ended. */
export function opened(cases: readonly FinalCase[], shapes: Shapes): string[] {
  return cases.flatMap((caller) =>
    Object.entries(shapes[caller.process]!.opens ?? {}).flatMap(([element, process]) => {
      const children = cases.filter((each) => each.parent === caller.id && each.process === process);
      if (children.length !== 1) return [`case ${caller.id}: '${element}' opened ${children.length} cases`];
      const [child] = children;
      const [wentOn] = eventsOf(caller, 'element.completed', element);
      const endedAt = Date.parse(child!.history.at(-1)!.at);
      return wentOn && (child!.status === 'active' || Date.parse(wentOn.at) < endedAt)
        ? [`case ${caller.id} went on behind '${element}' before case ${child!.id} ended`]
        : [];
    }),
  );
}
