import type { AdHoc, JobWork, MultiInstance, Node, ProcessGraph, Trigger } from '../../engine/model/graph.ts';
import { EVENT_SUB_PROCESS_STARTS, EVENTS } from '../../engine/model/lint/supported-events.ts';
import { NODE_KINDS } from '../../engine/model/node-kinds.ts';
import { triggersOf } from '../../engine/model/triggers-of.ts';

/** What a node may carry beside its place in the graph. True: some model has to have it. Each property is named here, or the types are wrong. */
const PROPERTIES = {
  node: {
    id: false,
    kind: false,
    name: false,
    scope: false,
    incoming: true,
    outgoing: true,
    defaultFlow: true,
    boundary: true,
    trigger: true,
    triggers: true,
    parallelMultiple: true,
    instantiate: true,
    adHoc: true,
    activation: true,
    attachedTo: true,
    interrupting: true,
    compensation: true,
    triggeredByEvent: true,
    multi: true,
    loop: true,
    startQuantity: true,
    completionQuantity: true,
    saveBefore: true,
    saveAfter: true,
    retry: true,
    inputs: true,
    outputs: true,
    script: true,
    reads: true,
    writes: true,
    job: true,
    call: true,
    assignment: true,
    limit: true,
    // they change dates, never the way; test/features/limits.test.ts runs them
    statutory: false,
    startRule: false,
    warning: false,
    overdue: true,
    form: true,
    initiator: true,
    // the clocks of the case are the driver's concern; test/features/phases.test.ts runs them
    milestone: false,
    supplement: false,
  } satisfies Record<keyof Node, boolean>,
  multi: {
    sequential: true,
    cardinality: true,
    collection: true,
    elementVariable: true,
    completion: true,
    outputCollection: true,
    outputElement: true,
    throws: true,
    saveBefore: true,
    saveAfter: true,
  } satisfies Record<keyof MultiInstance, boolean>,
  adHoc: {
    sequential: true,
    completion: true,
    cancelRemaining: true,
    begin: true,
  } satisfies Record<keyof AdHoc, boolean>,
  job: {
    topic: true,
    retries: true,
    // what they give is the driver's concern; test/features/compat runs them
    topicExpression: false,
    retriesExpression: false,
    headers: false,
    http: true,
    message: true,
    messages: true,
  } satisfies Record<keyof JobWork, boolean>,
};

/** Events that may also go on beside what they stand in. */
const NEVER_BESIDE: ReadonlySet<string> = new Set(['error', 'compensate', 'cancel']);
const TIMERS: Record<(Trigger & { type: 'timer' })['kind'], true> = {
  date: true,
  duration: true,
  cycle: true,
  clock: true,
};
const INSTANCE_EVENTS = ['each', 'first', 'condition'].flatMap((when) => [
  `throws signal ${when}`,
  `throws escalation ${when}`,
]);
const FLAGS = ['sequential', 'cancelRemaining', 'testBefore'];
const AWAITED_BY_GATEWAY = [
  'message',
  'timer',
  'signal',
  'conditional',
  'receiveTask',
  'multiple',
  'parallel multiple',
];

/** Everything that a run of random models has to meet: from the tables of the checker and the types of the graph. */
export function allFeatures(): string[] {
  const multiple = (position: string) => [`${position}: multiple`];
  return [
    ...NODE_KINDS,
    ...Object.entries(EVENTS).flatMap(([kind, events]) =>
      [...events].flatMap((event) =>
        (kind === 'boundaryEvent' ? sides(event) : ['']).map((side) => `${side}${kind}: ${event}`),
      ),
    ),
    ...[...EVENT_SUB_PROCESS_STARTS].flatMap((event) =>
      sides(event).map((side) => `${side}start of an event sub-process: ${event}`),
    ),
    ...['startEvent', 'endEvent', 'intermediateCatchEvent', 'intermediateThrowEvent'].flatMap(multiple),
    ...['', 'beside '].flatMap((side) =>
      ['boundaryEvent', 'start of an event sub-process'].flatMap((kind) => [
        `${side}${kind}: multiple`,
        `${side}${kind}: parallel multiple`,
      ]),
    ),
    ...['startEvent', 'intermediateCatchEvent'].map((kind) => `${kind}: parallel multiple`),
    ...Object.keys(TIMERS).map((kind) => `timer: ${kind}`),
    ...AWAITED_BY_GATEWAY.map((event) => `behind a gateway: ${event}`),
    ...['receiveTask exclusive', 'eventBasedGateway exclusive', 'eventBasedGateway parallel'].map(
      (how) => `begins a case: ${how}`,
    ),
    ...Object.entries(PROPERTIES).flatMap(([of, properties]) =>
      Object.entries(properties).flatMap(([name, wanted]) => {
        if (!wanted) return [];
        return FLAGS.includes(name) ? [`${of}.${name}: true`, `${of}.${name}: false`] : [`${of}.${name}`];
      }),
    ),
    'loop.testBefore: true',
    'loop.testBefore: false',
    ...INSTANCE_EVENTS,
    ...['userTask', 'subProcess'].flatMap((kind) => [`multi: ${kind}`, `loop: ${kind}`]),
  ];
}

function sides(event: string): string[] {
  return NEVER_BESIDE.has(event) ? [''] : ['', 'beside '];
}

/** What of `allFeatures` this node has. */
export function featuresOf(graph: ProcessGraph, node: Node): string[] {
  const { kind, multi, adHoc, loop, job } = node;
  const carried = Object.entries({ node, multi, adHoc, job } as Record<string, object | undefined>);
  return [
    kind,
    ...eventFeatures(graph, node),
    ...(node.instantiate ? [`begins a case: ${kind} ${node.instantiate}`] : []),
    ...carried.flatMap(([of, it]) => (it ? propertiesOf(of, it) : [])),
    ...(loop ? [`loop.testBefore: ${loop.testBefore}`, `loop: ${kind}`] : []),
    ...(multi ? [`multi: ${kind}`] : []),
    ...(multi?.throws ?? []).flatMap(({ when, triggers }) => triggers.map(({ type }) => `throws ${type} ${when}`)),
  ];
}

function propertiesOf(of: string, it: object): string[] {
  return Object.entries(it).flatMap(([name, value]) => {
    if (FLAGS.includes(name)) return [`${of}.${name}: ${value}`];
    return value === undefined || (Array.isArray(value) && value.length === 0) ? [] : [`${of}.${name}`];
  });
}

function eventFeatures(graph: ProcessGraph, node: Node): string[] {
  const triggers = triggersOf(node);
  const behind = node.incoming.some((flow) => graph.nodes[graph.flows[flow]!.source]!.kind === 'eventBasedGateway');
  if (node.kind === 'receiveTask') return behind ? ['behind a gateway: receiveTask'] : [];
  if (!/Event$/.test(node.kind)) return [];
  const inEvent = node.kind === 'startEvent' && graph.nodes[node.scope]?.triggeredByEvent;
  const position = `${node.interrupting === false ? 'beside ' : ''}${inEvent ? 'start of an event sub-process' : node.kind}`;
  const types = triggers.length === 0 ? ['none'] : triggers.map(({ type }) => type);
  const kinds = types.length < 2 ? types : [...types, node.parallelMultiple ? 'parallel multiple' : 'multiple'];
  return [
    ...kinds.map((each) => `${position}: ${each}`),
    ...(behind ? kinds.map((each) => `behind a gateway: ${each}`) : []),
    ...triggers.flatMap((trigger) => (trigger.type === 'timer' ? [`timer: ${trigger.kind}`] : [])),
  ];
}
