import { announceArmed, prepareEvents } from '../armed.ts';
import { visibleVariables } from '../variables.ts';
import type { Behaviour } from './index.ts';

/** Event-based gateway (BPMN 2.0.2 §13.4.4): waits for all events behind it; the first to happen decides the way. */
export const awaitFirst: Behaviour = (run, node, scopeId) => {
  const events = node.outgoing.map((flow) => run.node(run.model.flows[flow]!.target));
  const armed = prepareEvents(run, events, visibleVariables(run, scopeId), { node: node.id, since: run.now });
  const token = run.newToken({
    node: node.id,
    scope: scopeId,
    wait: 'event',
    since: run.now,
    ...(armed && { armed }),
  });
  run.event('element.entered', node.id, token.id);
  announceArmed(run, token);
};
