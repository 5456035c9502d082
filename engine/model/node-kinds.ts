import type { NodeKind } from './graph.ts';

const KINDS: Readonly<Record<NodeKind, true>> = {
  startEvent: true,
  endEvent: true,
  intermediateCatchEvent: true,
  intermediateThrowEvent: true,
  boundaryEvent: true,
  task: true,
  userTask: true,
  manualTask: true,
  serviceTask: true,
  sendTask: true,
  receiveTask: true,
  scriptTask: true,
  businessRuleTask: true,
  exclusiveGateway: true,
  parallelGateway: true,
  inclusiveGateway: true,
  eventBasedGateway: true,
  complexGateway: true,
  subProcess: true,
  adHocSubProcess: true,
  callActivity: true,
  transaction: true,
};

/** Every element that runs. */
export const NODE_KINDS = Object.keys(KINDS) as readonly NodeKind[];
