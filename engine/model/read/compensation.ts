import { childOf, childrenOf, idOf, type Element } from './element.ts';

/**
 * Compensation boundary event -> ids of the handlers that associations lead to. An association is drawn anywhere, and some
 * tools draw it from the handler to the event.
 */
export function readHandlers(process: Element): ReadonlyMap<string, readonly string[]> {
  const handlers = new Map<string, string[]>();
  const visit = (container: Element) => {
    for (const artifact of childrenOf(container, 'artifacts')) {
      if (artifact.$type !== 'bpmn:Association') continue;
      const ends = [childOf(artifact, 'sourceRef'), childOf(artifact, 'targetRef')];
      const event = ends.find((element) => element?.$type === 'bpmn:BoundaryEvent');
      const handler = ends.find((element) => element?.get('isForCompensation') === true);
      if (!event || !handler) continue;
      const known = handlers.get(idOf(event));
      if (known) known.push(idOf(handler));
      else handlers.set(idOf(event), [idOf(handler)]);
    }
    childrenOf(container, 'flowElements').forEach(visit);
  };
  visit(process);
  for (const root of childrenOf(process.$parent, 'rootElements')) {
    if (root.$type === 'bpmn:Collaboration') visit(root);
  }
  return handlers;
}
