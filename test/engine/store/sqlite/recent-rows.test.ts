import { describe, expect, it } from '@jest/globals';
import type { Token } from '../../../../engine/core/index.ts';
import { RecentRows } from '../../../../engine/store/sqlite/recent-rows.ts';
import { aCase, aCommit, aTask } from '../../../support/stores.ts';

const begun = (row = aCase(), tasks = [aTask({ caseId: row.id })]) => ({
  ...aCommit({ case: row, tasks }),
  expectedRev: 0,
});

describe('rows that were written lately', () => {
  it('are what the last commit left', () => {
    const rows = new RecentRows(10);
    const commit = begun();
    const [task] = commit.tasks;
    rows.written(commit);
    const next = { ...commit.case, rev: commit.case.rev + 1 };
    const claimed = { ...task!, status: 'claimed' as const };
    rows.written({ ...commit, expectedRev: commit.case.rev, case: next, tasks: [claimed] });
    expect(rows.findCase(next.id)).toEqual(next);
    expect(rows.findTask(task!.id)).toEqual(claimed);
    expect(rows.listTasksOfCase(next.id)).toEqual([claimed]);
  });

  it('do not go back when an older commit reports late', () => {
    const rows = new RecentRows(10);
    const commit = begun();
    const next = { ...commit.case, rev: commit.case.rev + 1 };
    rows.written({ ...commit, case: next });
    rows.written(commit);
    expect(rows.findCase(next.id)).toEqual(next);
  });

  it('are not a list of tasks where the case began before', () => {
    const rows = new RecentRows(10);
    const commit = { ...begun(aCase({ rev: 5 })), expectedRev: 4 };
    rows.written(commit);
    expect(rows.findTask(commit.tasks[0]!.id)).toBeDefined();
    expect(rows.listTasksOfCase(commit.caseId)).toBeUndefined();
    expect(rows.calledNone(commit.caseId)).toBe(false);
  });

  it('tell whether the case called another', () => {
    const rows = new RecentRows(10);
    const caller = begun();
    rows.written(caller);
    expect(rows.calledNone(caller.caseId)).toBe(true);
    rows.written(begun(aCase({ parent: { caseId: caller.caseId, token: '1', node: 'call', work: 1, depth: 1 } })));
    expect(rows.calledNone(caller.caseId)).toBe(false);
  });

  it('are not those of a case with very many tokens', () => {
    const rows = new RecentRows(10);
    const small = begun();
    const tokens = Array.from({ length: 501 }, (_, i): [string, Token] => {
      const id = String(i + 1);
      return [id, { id, node: 't', scope: '0', wait: 'task', since: 0 }];
    });
    rows.written(small);
    const state = { ...small.case.state, tokens: Object.fromEntries(tokens) };
    rows.written({ ...small, case: { ...small.case, rev: small.case.rev + 1, state } });
    expect(rows.findCase(small.caseId)).toBeUndefined();
    expect(rows.findTask(small.tasks[0]!.id)).toBeUndefined();
  });

  it('are those of the newest cases, with all their tasks', () => {
    const rows = new RecentRows(1);
    const [old, young] = [begun(), begun()];
    rows.written(old);
    rows.written(young);
    expect(rows.findCase(old.caseId)).toBeUndefined();
    expect(rows.findTask(old.tasks[0]!.id)).toBeUndefined();
    expect(rows.findCase(young.caseId)).toBeDefined();
  });

  it('leave out a case with very many tasks, also what was remembered of it', () => {
    const rows = new RecentRows(10);
    const commit = begun();
    rows.written(commit);
    const many = Array.from({ length: 100 }, () => aTask({ caseId: commit.caseId }));
    rows.written({ ...commit, case: { ...commit.case, rev: commit.case.rev + 1 }, tasks: many });
    expect(rows.findCase(commit.caseId)).toBeUndefined();
    expect(rows.findTask(commit.tasks[0]!.id)).toBeUndefined();
  });
});
