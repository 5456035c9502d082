import { expect } from '@jest/globals';
import type { CaseRow } from '../../engine/index.ts';
import { memoryStore } from '../../engine/store/memory/index.ts';
import { loadCalendar } from '../../processes/calendars/load.ts';
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
    expect([...stateFaults(graph, row.state), ...rowFaults(rows, row, graph, calendar)]).toEqual([]);
    return row;
  };
  return { ...desk, rows, check };
}
