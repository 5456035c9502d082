import { expect } from '@jest/globals';
import { timesOf } from '../../engine/cases/times.ts';
import type { CaseRow } from '../../engine/index.ts';
import type { ProcessGraph } from '../../engine/model/graph.ts';
import { memoryStore } from '../../engine/store/memory/index.ts';
import { loadCalendar } from '../../processes/calendars/load.ts';
import { dateFaults } from './date-faults.ts';
import { rowFaults, stateFaults, witnessed } from './consistency.ts';
import { office } from './office.ts';

const calendar = loadCalendar();

/** An office and somebody who looks through its books: `check` finds state and rows of a case right, and gives the case. */
export function auditedOffice(options: Omit<NonNullable<Parameters<typeof office>[0]>, 'store'> = {}) {
  const { store, rows } = witnessed(memoryStore());
  const desk = office({ ...options, store });
  const check = async (caseId: string): Promise<CaseRow> => {
    const row = await desk.engine.getCase(caseId);
    const graph = await desk.engine.getGraph(row.definitionId);
    const tasks = [...rows.tasks.values()].filter((task) => task.caseId === caseId);
    const faults = [
      ...stateFaults(graph, row.state),
      ...rowFaults(rows, row, graph, calendar),
      ...dateFaults(row, tasks, graph, calendar),
    ];
    expect([...faults, ...timerFaults(row, graph)]).toEqual([]);
    return row;
  };
  return { ...desk, rows, check };
}

/** Timers that count as limits do, and are not where the clocks of the case say. */
function timerFaults(row: CaseRow, graph: ProcessGraph): string[] {
  const times = timesOf(row, graph, calendar);
  return Object.values(row.state.tokens).flatMap((token) =>
    Object.entries(token.armed ?? {}).flatMap(([key, armed]) => {
      if (!('term' in armed) || armed.done) return [];
      const dueAt = times(armed.term, token);
      return dueAt === armed.dueAt ? [] : [`timer ${token.id} ${key} is due at ${armed.dueAt}, but counted ${dueAt}`];
    }),
  );
}
