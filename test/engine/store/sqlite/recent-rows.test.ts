import { describe, expect, it } from '@jest/globals';
import type { Token } from '../../../../engine/core/index.ts';
import type { Commit } from '../../../../engine/store/ports.ts';
import { commitText } from '../../../../engine/store/sqlite/commit-text.ts';
import { RecentRows } from '../../../../engine/store/sqlite/recent-rows.ts';
import { aCase, aCommit, aTask } from '../../../support/stores.ts';

const begun = (row = aCase(), tasks = [aTask({ caseId: row.id })]) => ({
  ...aCommit({ case: row, tasks }),
  expectedRev: 0,
});

const written = (rows: RecentRows, commit: Commit) => rows.written(commit, commitText(commit));

describe('rows that were written lately', () => {
  it('are what the last commit left', () => {
    const rows = new RecentRows(10);
    const commit = begun();
    const [task] = commit.tasks;
    written(rows, commit);
    const next = { ...commit.case, rev: commit.case.rev + 1 };
    const claimed = { ...task!, status: 'claimed' as const };
    written(rows, { ...commit, expectedRev: commit.case.rev, case: next, tasks: [claimed] });
    expect(rows.findCase(next.id)).toEqual(next);
    expect(rows.findTask(task!.id)).toEqual(claimed);
    expect(rows.listTasksOfCase(next.id)).toEqual([claimed]);
  });

  it('do not go back when an older commit reports late', () => {
    const rows = new RecentRows(10);
    const commit = begun();
    const next = { ...commit.case, rev: commit.case.rev + 1 };
    written(rows, { ...commit, case: next });
    written(rows, commit);
    expect(rows.findCase(next.id)).toEqual(next);
  });

  it('are not a list of tasks where the case began before', () => {
    const rows = new RecentRows(10);
    const commit = { ...begun(aCase({ rev: 5 })), expectedRev: 4 };
    written(rows, commit);
    expect(rows.findTask(commit.tasks[0]!.id)).toBeDefined();
    expect(rows.listTasksOfCase(commit.caseId)).toBeUndefined();
    expect(rows.calledNone(commit.caseId)).toBe(false);
  });

  it('tell whether the case called another', () => {
    const rows = new RecentRows(10);
    const caller = begun();
    written(rows, caller);
    expect(rows.calledNone(caller.caseId)).toBe(true);
    written(rows, begun(aCase({ parent: { caseId: caller.caseId, token: '1', node: 'call', work: 1, depth: 1 } })));
    expect(rows.calledNone(caller.caseId)).toBe(false);
  });

  it('are not those of a case with very many tokens', () => {
    const rows = new RecentRows(10);
    const small = begun();
    const tokens = Array.from({ length: 501 }, (_, i): [string, Token] => {
      const id = String(i + 1);
      return [id, { id, node: 't', scope: '0', wait: 'task', since: 0 }];
    });
    written(rows, small);
    const state = { ...small.case.state, tokens: Object.fromEntries(tokens) };
    written(rows, { ...small, case: { ...small.case, rev: small.case.rev + 1, state } });
    expect(rows.findCase(small.caseId)).toBeUndefined();
    expect(rows.findTask(small.tasks[0]!.id)).toBeUndefined();
  });

  it('are those of the newest cases, with all their tasks', () => {
    const rows = new RecentRows(1);
    const [old, young] = [begun(), begun()];
    written(rows, old);
    written(rows, young);
    expect(rows.findCase(old.caseId)).toBeUndefined();
    expect(rows.findTask(old.tasks[0]!.id)).toBeUndefined();
    expect(rows.findCase(young.caseId)).toBeDefined();
  });

  it('leave out a case with very many tasks, also what was remembered of it', () => {
    const rows = new RecentRows(10);
    const commit = begun();
    written(rows, commit);
    const many = Array.from({ length: 100 }, () => aTask({ caseId: commit.caseId }));
    written(rows, { ...commit, case: { ...commit.case, rev: commit.case.rev + 1 }, tasks: many });
    expect(rows.findCase(commit.caseId)).toBeUndefined();
    expect(rows.findTask(commit.tasks[0]!.id)).toBeUndefined();
  });
});
