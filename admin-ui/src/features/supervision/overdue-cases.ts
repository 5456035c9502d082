import type { Light, ListedTask, Page } from '../../shared/contract.ts';
import type { PageRequest } from '../../shared/loaded.ts';

/** Tasks with a light, page by page in the order of the server. */
type ReadPage = (light: Light, page: PageRequest) => Promise<Page<ListedTask>>;

/** As many tasks as one request brings. */
const PAGE = 100;

/**
 * The task that each overdue case waits for, overdue by its own limit or by that of the case: those past the statutory limit
 * first. As many as `most`, and whether there are more; a case may have any number of tasks, so pages are read until it is known.
 */
export async function overdueCases(read: ReadPage, most: number): Promise<{ tasks: ListedTask[]; more: boolean }> {
  const found = new Map<string, ListedTask>();
  for (const light of ['deepRed', 'red'] as const) {
    let next: string | null = null;
    do {
      const page: Page<ListedTask> = await read(light, { limit: PAGE, ...(next !== null && { cursor: next }) });
      for (const task of page.items) if (!found.has(task.case.id)) found.set(task.case.id, { ...task, ...task.ofCase });
      next = page.next;
    } while (next !== null && found.size <= most);
    if (found.size > most) break;
  }
  return { tasks: [...found.values()].slice(0, most), more: found.size > most };
}
