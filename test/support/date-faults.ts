import { caseTerms, dueDatesOf, isHeld, type CaseRow, type TaskRow } from '../../engine/index.ts';
import type { Limits, ProcessGraph } from '../../engine/model/graph.ts';
import { lightOf, type Dates, type Light, type WorkCalendar } from '../../engine/time/index.ts';

const WORSE: readonly Light[] = ['green', 'yellow', 'red', 'deepRed'];

/** Where the dates of a case are not what its limits give, or lights of it and its open tasks would come out of order. */
export function dateFaults(
  row: CaseRow,
  tasks: readonly TaskRow[],
  graph: ProcessGraph,
  calendar: WorkCalendar,
): string[] {
  if (row.status !== 'active') return [];
  const { dueAt, yellowAt, statutoryAt } = dueDatesOf(caseTerms(row, graph, calendar));
  const shown = JSON.stringify([row.dueAt, row.yellowAt, row.statutoryAt ?? null]);
  const counted = JSON.stringify([dueAt, yellowAt, statutoryAt]);
  const open = tasks.filter(({ status }) => status === 'open' || status === 'claimed');
  return [
    ...(shown === counted ? [] : [`the case is due at ${shown}, but its limits give ${counted}`]),
    ...orderFaults('the case', { ...row, held: isHeld(row) }, graph),
    ...open.flatMap((task) => orderFaults(`task ${task.id}`, task, graph.nodes[task.node]!)),
  ];
}

function orderFaults(what: string, dates: Dates, { limit, statutory }: Limits): string[] {
  const { yellowAt, dueAt, statutoryAt = null } = dates;
  const faults: string[] = [];
  const comparable = limit?.unit === statutory?.unit;
  if (comparable && dueAt !== null && statutoryAt !== null && dueAt > statutoryAt)
    faults.push(`${what} is promised for ${dueAt}, after the law's ${statutoryAt}`);
  const edges = [yellowAt, dueAt, statutoryAt].filter((at) => at !== null);
  const lights = edges
    .flatMap((at) => [at - 1, at, at + 1])
    .sort((a, b) => a - b)
    .map((at) => lightOf(dates, at))
    .filter((light) => light !== 'grey');
  const ranks = lights.map((light) => WORSE.indexOf(light));
  if (ranks.some((rank, index) => rank < (ranks[index - 1] ?? 0)))
    faults.push(`${what} has the lights ${lights.join()} one after the other`);
  return faults;
}
