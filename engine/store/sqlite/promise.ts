import type { Commit } from '../ports.ts';
import { checkCommit, writeCommit } from './commit.ts';
import type { Database } from './driver.ts';
import { refusalOf } from './errors.ts';
import type { Answer } from './operations.ts';
import { refuseMalformed } from './well-formed.ts';

/** A commit that was found writable: its answer is known before it is written. */
export type Promised = { answer: Answer; write?: () => void } | { error: Error };

/**
 * The outcomes of a group of commits before any of them is written, so that the journal can take them and the callers
 * be told first. Undefined when an outcome depends on a neighbour in the group (the same case, the same receipt, a job's
 * lease, a kept message) or an operation is of another kind: then they have to be run one after the other.
 */
export function promiseCommits(database: Database, operations: readonly unknown[][]): Promised[] | undefined {
  const commits: Commit[] = [];
  const taken = new Set<string>();
  for (const [name, argument] of operations) {
    if (name !== 'commit') return undefined;
    const commit = argument as Commit;
    if ((commit.fence || commit.consumes !== undefined) && operations.length > 1) return undefined;
    commits.push(commit);
    taken.add(`case ${commit.caseId}`);
    if (commit.receipt) taken.add(`receipt ${commit.receipt.key}`);
  }
  const wanted = commits.reduce((sum, { receipt }) => sum + (receipt ? 2 : 1), 0);
  return taken.size === wanted ? commits.map((commit) => promise(database, commit)) : undefined;
}

function promise(database: Database, commit: Commit): Promised {
  try {
    const checked = checkCommit(database, commit);
    if (checked === 'conflict') return { answer: '"conflict"' };
    refuseMalformed(commit);
    return { answer: '"ok"', write: () => writeCommit(database, commit, checked.known) };
  } catch (error) {
    return { error: refusalOf(error) };
  }
}
