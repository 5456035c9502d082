import type { FinalCase } from '../evidence.ts';
import type { Caller } from './caller.ts';

interface CaseView {
  status: string;
  variables: Record<string, unknown>;
  tasks: { id: string; element: string; status: string; assignee: { id: string } | null }[];
  parent: { id: string } | null;
}

/** Every case of a process there is, with its history: each from any node. */
export async function finals(caller: Caller, process: string): Promise<FinalCase[]> {
  const cases: FinalCase[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const query: string = `definition=${process}&limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`;
    const page: { items: { id: string }[]; next: string | null } = await caller.read(`/api/cases?${query}`);
    const read = await Promise.all(page.items.map(({ id }) => caller.attempt(() => final(caller, process, id))));
    cases.push(...read.filter((each) => each !== undefined));
    cursor = page.next;
  }
  return cases;
}

async function final(caller: Caller, process: string, id: string): Promise<FinalCase> {
  const { status, tasks, variables, parent } = await caller.read<CaseView>(`/api/cases/${id}`);
  const { items, verified } = await caller.history(id);
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
  };
}
