import { Rejection } from '../kernel/rejection.ts';
import type { CaseRow } from '../store/ports.ts';
import type { CaseDeps } from './deps.ts';

/** The case as the store has it, remembered: whoever looks at a case is often the one who acts on it next. */
export async function findCase({ store, recent }: CaseDeps, id: string): Promise<CaseRow | undefined> {
  const row = await store.findCase(id);
  if (row) recent.set(row);
  return row;
}

/** The same. `case.not_found` */
export async function getCase(deps: CaseDeps, id: string): Promise<CaseRow> {
  const row = await findCase(deps, id);
  if (row) return row;
  throw new Rejection('not-found', 'case.not_found', `Expected case '${id}', but there is none`, { case: id });
}
