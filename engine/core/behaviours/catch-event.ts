import { beginWaiting, localsOf } from '../activity.ts';
import type { TokenWait } from '../state.ts';
import type { Node } from '../../model/graph.ts';
import type { Behaviour } from './index.ts';
import { passOn } from './pass-on.ts';

/** Intermediate catch events and receive tasks (BPMN 2.0.2 §13.5.2): the token waits until the event happens. */
export const awaitEvent: Behaviour = (run, node, scopeId) => {
  // a link is left as it is reached
  if (node.trigger?.type === 'link') return passOn(run, node, scopeId);
  beginWaiting(run, node, scopeId, waitOf(node), localsOf(run, node, scopeId));
};

function waitOf({ trigger }: Node): TokenWait {
  switch (trigger?.type) {
    case 'timer':
    case 'message':
    case 'signal':
      return trigger.type;
    case 'conditional':
      return 'condition';
    default:
      return 'event';
  }
}
