import { groupBy } from '../../engine/kernel/group-by.ts';
import { eventsOf, succeeded, type Circumstances, type Exchange, type FinalCase, type Shapes } from './evidence.ts';

/** What somebody put down in a record. */
interface Put {
  readonly value: unknown;
  /** For the first time, also where the store was away then: it may have landed. */
  readonly sent: number;
  /** For the first time; Infinity: never. */
  readonly acknowledged: number;
}

/**
 * Whoever reads a record finds what was put down last: nothing that had been acknowledged before something else was even
 * sent, once that was acknowledged as well.
 */
export function lastIsKept(
  log: readonly Exchange[],
  cases: readonly FinalCase[],
  shapes: Shapes,
  { offMs = 0 }: Circumstances,
): string[] {
  const using = cases.filter(({ process }) => shapes[process]!.records);
  return [...groupBy(using, recordOf)].flatMap(([record, sharing]) => {
    const puts = putsOf(log, sharing, shapes);
    return sharing.flatMap((reader) => {
      const { readBy, into } = shapes[reader.process]!.records!;
      const seen = reader.variables[into];
      // nothing: as it was before anybody came
      const acknowledged = seen === null ? -Infinity : puts.find(({ value }) => value === seen)?.acknowledged;
      if (acknowledged === undefined) return [`case ${reader.id} read '${String(seen)}', which nobody put down`];
      const newer = puts.filter(({ sent }) => sent > acknowledged);
      return eventsOf(reader, 'element.completed', readBy).flatMap(({ at }) => {
        const missed = newer.find((put) => put.acknowledged < Date.parse(at) - offMs);
        return missed
          ? [
              `case ${reader.id} read '${String(seen)}' in record ${record} after '${String(missed.value)}' was put there`,
            ]
          : [];
      });
    });
  });
}

const recordOf = ({ variables }: FinalCase): string => String(variables.application)[0]!;

function putsOf(log: readonly Exchange[], sharing: readonly FinalCase[], shapes: Shapes): Put[] {
  const puttingTask = new Map(
    sharing.flatMap(({ tasks, process }) => {
      const { putBy } = shapes[process]!.records!;
      return tasks.filter(({ node }) => node === putBy).map(({ id }) => [id, putBy] as const);
    }),
  );
  const completions = log.filter(({ verb, target }) => verb === 'complete' && puttingTask.has(target!));
  return [...groupBy(completions, ({ key }) => key).values()].map((tries) => ({
    value: tries[0]!.data?.[puttingTask.get(tries[0]!.target!)!],
    sent: Math.min(...tries.map(({ sent }) => sent)),
    acknowledged: Math.min(...tries.filter(succeeded).map(({ answered }) => answered)),
  }));
}
