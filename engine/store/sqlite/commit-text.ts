import type { Commit } from '../ports.ts';

/** A commit as JSON: whole, as the journal and the store's thread get it, and the rows that are remembered on the calling side. */
export interface CommitText {
  readonly operation: string;
  readonly row: string;
  readonly tasks: readonly string[];
}

/** Turns each row into text once: that is most of what a commit costs the calling thread. */
export function commitText({ case: caseRow, tasks: taskRows, ...rest }: Commit): CommitText {
  const row = JSON.stringify(caseRow);
  const tasks = taskRows.map((task) => JSON.stringify(task));
  const others = JSON.stringify(rest).slice(1);
  return { operation: `["commit",{"case":${row},"tasks":[${tasks.join(',')}],${others}]`, row, tasks };
}
