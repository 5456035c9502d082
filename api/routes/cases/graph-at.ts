import type { CaseRow, EventRow } from '../../../engine/index.ts';
import type { ProcessGraph } from '../../../engine/model/graph.ts';
import type { House } from '../../house.ts';

/** The model a case ran on when an event happened: a migrated case has had several. */
export async function graphAt(
  house: House,
  row: CaseRow,
  events: readonly EventRow[],
): Promise<(seq: number) => ProcessGraph> {
  const migrations = events.filter(({ type }) => type === 'case.migrated');
  const before = await Promise.all(
    migrations.map(async ({ seq, data }) => ({
      seq,
      graph: await house.engine.getGraph(`${row.definitionKey}:${String(data.from as number)}`),
    })),
  );
  const now = await house.engine.getGraph(row.definitionId);
  return (seq) => before.find((each) => seq <= each.seq)?.graph ?? now;
}
