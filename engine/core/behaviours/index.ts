import type { Node, NodeKind } from '../../model/graph.ts';
import type { Run } from '../run.ts';
import { passOn } from './pass-on.ts';
import { openJob } from './service-task.ts';
import { openTask } from './user-task.ts';
import { callCase } from './call-activity.ts';
import { awaitEvent } from './catch-event.ts';
import { openChoice } from './ad-hoc-sub-process.ts';
import { openScope } from './sub-process.ts';
import { awaitFirst } from './event-based-gateway.ts';
import { throwEvent } from './throw-event.ts';

/** What an element does when its turn comes: once per token, joins and multi-instance already decided. */
export type Behaviour = (run: Run, node: Node, scopeId: string) => void;

export const behaviours: Record<NodeKind, Behaviour> = {
  startEvent: passOn,
  endEvent: throwEvent,
  intermediateThrowEvent: throwEvent,
  intermediateCatchEvent: awaitEvent,
  boundaryEvent: passOn,
  task: passOn,
  manualTask: passOn,
  userTask: openTask,
  serviceTask: openJob,
  sendTask: openJob,
  businessRuleTask: openJob,
  receiveTask: awaitEvent,
  scriptTask: openJob,
  exclusiveGateway: passOn,
  parallelGateway: passOn,
  inclusiveGateway: passOn,
  eventBasedGateway: awaitFirst,
  complexGateway: passOn,
  subProcess: openScope,
  adHocSubProcess: openChoice,
  callActivity: callCase,
  transaction: openScope,
};
