import type { OtherPhase } from '../../engine/index.ts';
import type { CaseRow } from '../../engine/store/ports.ts';

/** What is late where an order or a public reason is demanded: a task, or a clock of the case. */
export interface Subject {
  /** The element of the task, by its name when it was demanded; '' for the whole case. */
  readonly node: string;
  /** Of the task; absent for the whole case, and in demands of older versions. */
  readonly token?: string;
  /** The clock of the case, where it is not that of its handling; demands of older versions do not tell. */
  readonly of?: OtherPhase;
}

/** The element of the task now: another version of the process may have renamed it. */
export function elementNow({ node, token }: Subject, { state }: Pick<CaseRow, 'state'>): string {
  return (token !== undefined && state.tokens[token]?.node) || node;
}
