import type { CaseRow, Store } from '../../engine/store/ports.ts';

/** Called cases that are read at once. */
const PAGE = 200;

/** The cases that this one called itself, open and closed. */
export async function* casesCalledBy(store: Store, { id }: Pick<CaseRow, 'id'>): AsyncGenerator<CaseRow> {
  for (let last: CaseRow | undefined; ;) {
    const page = await store.listCases({ parent: id, limit: PAGE, ...(last && { after: last }) });
    yield* page;
    if (page.length < PAGE) return;
    last = page.at(-1);
  }
}

/** The cases that this one called, those that they called, and so on, level by level: at most `most`. */
export async function calledCases(store: Store, { id }: Pick<CaseRow, 'id'>, most: number): Promise<CaseRow[]> {
  const found: CaseRow[] = [];
  for (const callers = [id]; callers.length > 0 && found.length < most;) {
    const called = await store.listCases({ parent: callers.shift()!, limit: most - found.length });
    found.push(...called);
    callers.push(...called.map((each) => each.id));
  }
  return found;
}
