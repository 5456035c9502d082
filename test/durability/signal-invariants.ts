import { eventsOf, succeeded, type Exchange, type FinalCase, type Shapes } from './evidence.ts';

/** A signal that was acknowledged reaches every case that had begun to wait before it was sent; no signal reaches a case twice. */
export function heard(log: readonly Exchange[], cases: readonly FinalCase[], shapes: Shapes): string[] {
  const begun = new Map<string, number>();
  for (const each of log.filter((exchange) => exchange.verb === 'start' && succeeded(exchange))) {
    const { id } = each.body as { id: string };
    begun.set(id, Math.min(each.answered, begun.get(id) ?? Infinity));
  }
  const signals = signalsOf(log);
  return cases.flatMap((each) =>
    Object.entries(shapes[each.process]!.signals ?? {}).flatMap(([element, variable]) => {
      const caught = eventsOf(each, 'variables.set', element).map(({ data }) => data[variable]);
      return signals.flatMap(({ name, sent, acknowledged }) => {
        const times = caught.filter((heard) => heard === name).length;
        if (times > 1) return [`case ${each.id} heard signal ${String(name)} ${times} times`];
        return times === 0 && acknowledged && begun.get(each.id)! < sent
          ? [`case ${each.id} waited for signal ${String(name)}, which was acknowledged, and never heard it`]
          : [];
      });
    }),
  );
}

interface Signal {
  readonly name: unknown;
  /** For the first time. */
  readonly sent: number;
  readonly acknowledged: boolean;
}

function signalsOf(log: readonly Exchange[]): Signal[] {
  const signals = new Map<string, Signal>();
  for (const exchange of log.filter(({ verb }) => verb === 'signal')) {
    const { key, sent, data = {} } = exchange;
    const before = signals.get(key!);
    signals.set(key!, {
      name: Object.values(data)[0],
      sent: Math.min(sent, before?.sent ?? Infinity),
      acknowledged: before?.acknowledged === true || succeeded(exchange),
    });
  }
  return [...signals.values()];
}
