import type { z } from 'zod';
import type { CaseRow, TaskRow } from '../../../engine/index.ts';
import type { Limit } from '../../../engine/model/graph.ts';
import { branchesOfCase, isHandledJointly, type Branch, type Branches } from '../../../processes/casework/index.ts';
import { amountInWords } from '../../../processes/due-dates/index.ts';
import type { House } from '../../house.ts';
import { departmentReference, instant, instantOrNull } from '../present.ts';
import type { CaseBranches } from './branch-schema.ts';

type Shown = z.input<typeof CaseBranches>;

/** Who used how much of the time of a case so far. */
export async function getBranches(
  { engine, calendar, directory }: House,
  row: CaseRow,
  tasks: readonly TaskRow[],
): Promise<Branches & { readonly joint: boolean }> {
  const graph = await engine.getGraph(row.definitionId);
  return {
    ...branchesOfCase({ row, tasks, graph, calendar, now: engine.now() }),
    joint: isHandledJointly(graph, directory),
  };
}

export function presentBranches(
  house: House,
  { joint, used, unit, limit, parties }: Awaited<ReturnType<typeof getBranches>>,
): Shown {
  return {
    joint,
    used: amount(used.value, unit),
    held: amount(used.held, unit),
    limit: limit === undefined ? null : amount(limit, unit),
    items: parties.map((branch) => presentBranch(house, branch)),
  };
}

function presentBranch(house: House, branch: Branch): Shown['items'][number] {
  const { party, status, light, limit, due, used, unit, kept, share, tasks } = branch;
  return {
    party: typeof party === 'string' ? party : 'department',
    department: typeof party === 'string' ? null : departmentReference(house, party.department),
    status,
    light,
    limit: limit ? amount(limit.value, limit.unit) : null,
    used: amount(used.value, unit),
    held: amount(used.held, unit),
    kept,
    dueAt: instantOrNull(due.dueAt),
    officeTime: used.officeTime,
    share,
    tasks: tasks.map(({ id, name, createdAt, endedAt }) => ({
      id,
      name,
      from: instant(createdAt),
      to: instantOrNull(endedAt),
    })),
  };
}

function amount(value: number, unit: Limit['unit']): Shown['used'] {
  return { value, unit, text: amountInWords(value, unit, 0) };
}
