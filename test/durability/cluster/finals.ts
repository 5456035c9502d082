import type { FinalCase } from '../evidence.ts';
import type { ShownClock, ShownSupervision } from '../shown.ts';
import type { Caller } from './caller.ts';

interface CaseView {
  status: string;
  variables: Record<string, unknown>;
  tasks: { id: string; element: string; status: string; assignee: { id: string } | null }[];
  parent: { id: string } | null;
  clock: ShownClock | null;
  definition: { version: number };
}

/** Events of whoever watches over a case. */
const SUPERVISED = /^(case\.urged|(order|reason)\.)/;

/** Every case of a process there is, with its history: each from any node. */
export async function finals(caller: Caller, process: string): Promise<FinalCase[]> {
  const cases: FinalCase[] = [];
  const path = `/api/cases?definition=${process}&limit=100`;
  for await (const { items } of caller.pages<{ items: { id: string }[]; next: string | null }>(path)) {
    const read = await Promise.all(items.map(({ id }) => caller.attempt(() => final(caller, process, id))));
    cases.push(...read.filter((each) => each !== undefined));
  }
  return cases;
}

async function final(caller: Caller, process: string, id: string): Promise<FinalCase> {
  const { status, tasks, variables, parent, clock, definition } = await caller.read<CaseView>(`/api/cases/${id}`);
  const { items, verified } = await caller.history(id);
  const isSupervised = items.some(({ type }) => SUPERVISED.test(type));
  return {
    id,
    process,
    parent: parent?.id ?? null,
    status,
    tasks: tasks.map(({ id, element, status, assignee }) => ({
      id,
      node: element,
      status,
      assignee: assignee?.id ?? null,
    })),
    history: items,
    variables,
    verified,
    version: definition.version,
    clock,
    ...(isSupervised && { supervision: await caller.read<ShownSupervision>(`/api/cases/${id}/supervision`) }),
  };
}
