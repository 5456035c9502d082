import type { z } from 'zod';
import type { CaseRow, TaskRow } from '../../../engine/index.ts';
import { isJoint } from '../../../engine/model/branches.ts';
import type { Limit, ProcessGraph } from '../../../engine/model/graph.ts';
import { branchesOfCase, type Branch } from '../../../processes/casework/index.ts';
import { amountInWords } from '../../../processes/due-dates/index.ts';
import type { House } from '../../house.ts';
import { departmentReference, instant, instantOrNull } from '../present.ts';
import type { CaseBranches } from './branch-schema.ts';

type Shown = z.input<typeof CaseBranches>;

/** Who used how much of the time of a case, at `now`. */
export function presentBranches(
  house: House,
  { row, tasks, graph }: { row: CaseRow; tasks: readonly TaskRow[]; graph: ProcessGraph },
  now: number,
): Shown {
  const { calendar } = house;
  const { used, unit, limit, parties } = branchesOfCase({ row, tasks, graph, calendar, now });
  return {
    joint: isJoint(graph),
    used: amount(used.value, unit),
    held: amount(used.held, unit),
    limit: limit === undefined ? null : amount(limit, unit),
    items: parties.map((branch) => presentBranch(house, branch)),
  };
}

function presentBranch(house: House, branch: Branch): Shown['items'][number] {
  const { party, status, light, limit, used, unit, kept, share, tasks } = branch;
  return {
    party: typeof party === 'string' ? party : 'department',
    department: typeof party === 'string' ? null : departmentReference(house, party.department),
    status,
    light,
    limit: limit ? amount(limit.value, limit.unit) : null,
    used: amount(used.value, unit),
    held: amount(used.held, unit),
    kept,
    dueAt: instantOrNull(used.dueAt),
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
