import { beginWaiting, localsOf } from '../activity.ts';
import type { Behaviour } from './index.ts';

/** Intermediate catch events and receive tasks: the token waits for its timer or message. */
export const awaitEvent: Behaviour = (run, node, scopeId) => {
  beginWaiting(run, node, scopeId, node.trigger?.type === 'timer' ? 'timer' : 'message', localsOf(run, node, scopeId));
};
