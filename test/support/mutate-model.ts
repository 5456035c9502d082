import fc from 'fast-check';

/** One mistake of the kind designers make: a line drawn elsewhere, a gateway of another kind, a line forgotten. */
export type Mutation =
  | { kind: 'retarget'; flow: number; like: number }
  | { kind: 'gateway'; at: number; to: 'exclusive' | 'parallel' | 'inclusive' }
  | { kind: 'drop'; flow: number };

export const anyMutations: fc.Arbitrary<Mutation[]> = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('retarget' as const), flow: fc.nat(60), like: fc.nat(60) }),
    fc.record({
      kind: fc.constant('gateway' as const),
      at: fc.nat(20),
      to: fc.constantFrom('exclusive' as const, 'parallel' as const, 'inclusive' as const),
    }),
    fc.record({ kind: fc.constant('drop' as const), flow: fc.nat(60) }),
  ),
  { minLength: 1, maxLength: 3 },
);

const FLOW = /<sequenceFlow id="([^"]+)" sourceRef="([^"]+)" targetRef="([^"]+)"(?:\/>|>.*?<\/sequenceFlow>)/g;
const GATEWAY = /<(exclusive|parallel|inclusive)Gateway id="([^"]+)"[^>]*\/>/g;
const INSTANT = /<scriptTask id="([^"]+)".*?<\/scriptTask>|<task id="([^"]+)"\/>/g;

/**
 * The model with these mistakes. Every decision gets conditions of its own (`q1`, `q2` …) about which nothing is known, the
 * last way out of a gateway is its default, and work that nobody waits for becomes work that somebody does, so that it can be seen.
 */
export function mutate(xml: string, mutations: readonly Mutation[]): string {
  const flows = [...xml.matchAll(FLOW)].map(([, id, source, target]) => ({
    id: id!,
    source: source!,
    target: target!,
    gone: false,
  }));
  const gateways = [...xml.matchAll(GATEWAY)].map(([, kind, id]) => ({ id: id!, kind: kind! }));
  for (const mutation of mutations) {
    if (mutation.kind === 'gateway') {
      const gateway = gateways[mutation.at % gateways.length];
      if (gateway) gateway.kind = mutation.to;
      continue;
    }
    const flow = flows[mutation.flow % flows.length]!;
    if (mutation.kind === 'drop') flow.gone = true;
    else flow.target = flows[mutation.like % flows.length]!.target;
  }
  const kinds = new Map(gateways.map(({ id, kind }) => [id, kind]));
  const last = new Map(flows.filter(({ gone }) => !gone).map(({ id, source }) => [source, id]));
  const chooses = (id: string) =>
    (kinds.get(id) === 'exclusive' || kinds.get(id) === 'inclusive') &&
    flows.filter((flow) => flow.source === id && !flow.gone).length > 1;
  let question = 0;
  let [flow, gateway] = [0, 0];
  return xml
    .replaceAll('<loopCardinality>0<', '<loopCardinality>1<')
    .replace(INSTANT, (_, script?: string, task?: string) => `<userTask id="${script ?? task}"/>`)
    .replace(GATEWAY, () => {
      const { id, kind } = gateways[gateway++]!;
      return `<${kind}Gateway id="${id}"${chooses(id) ? ` default="${last.get(id)}"` : ''}/>`;
    })
    .replace(FLOW, () => {
      const { id, source, target, gone } = flows[flow++]!;
      if (gone) return '';
      const condition =
        chooses(source) && last.get(source) !== id
          ? `<conditionExpression xsi:type="tFormalExpression">q${++question}</conditionExpression>`
          : '';
      return `<sequenceFlow id="${id}" sourceRef="${source}" targetRef="${target}">${condition}</sequenceFlow>`;
    });
}
