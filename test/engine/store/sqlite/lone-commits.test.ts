import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cpSync } from 'node:fs';
import { Channel } from '../../../../engine/store/sqlite/channel.ts';
import { Journal } from '../../../../engine/store/sqlite/journal.ts';
import { LoneCommits } from '../../../../engine/store/sqlite/lone-commits.ts';
import { journalOf, Session, type Calls } from '../../../../engine/store/sqlite/session.ts';
import { commitText } from '../../../../engine/store/sqlite/commit-text.ts';
import type { CaseRow, Commit, CommitResult } from '../../../../engine/store/ports.ts';
import { aCase, aCommit, aReceipt, aTask, closeStores, tempDirectory } from '../../../support/stores.ts';

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** The callers' side and the store's side of one store, the message queue between them moved by hand. */
class Pair {
  readonly session: Session;
  readonly channel: Channel;
  readonly lone: LoneCommits;
  readonly #journal: Journal;
  readonly directory: string;
  queue: Calls[] = [];

  constructor(directory = tempDirectory(), slowMs = Infinity) {
    this.directory = directory;
    this.session = new Session({ directory, sync: true });
    this.#journal = Journal.share(journalOf(directory), this.session.journal, true);
    this.channel = new Channel((calls) => this.queue.push(calls));
    const announce = (n: number, operation: string) => this.queue.push([-n, operation]);
    this.lone = new LoneCommits(this.channel, this.#journal, announce, slowMs);
  }

  commit(commit: Commit): Promise<CommitResult> {
    return this.lone.commit(commit, commitText(commit).operation);
  }

  /** The store's side takes its first `count` messages. */
  serve(count = Infinity): void {
    for (; count > 0 && this.queue.length > 0; count--)
      this.session.answer(this.queue.shift()!, (replies) => this.channel.receive(replies));
  }

  async settle(): Promise<void> {
    do {
      this.serve();
      await turn();
    } while (this.queue.length > 0);
  }

  close(): void {
    this.lone.close();
    this.session.close();
    this.#journal.close();
  }

  /** What a killed process would leave behind now, opened again. */
  async afterCrash(id: string): Promise<CaseRow | undefined> {
    const copy = tempDirectory();
    cpSync(this.directory, copy, { recursive: true });
    const again = new Pair(copy);
    const found = again.channel.call('findCase', id);
    await again.settle();
    again.close();
    return (await found) as CaseRow | undefined;
  }
}

describe('a commit that comes alone', () => {
  let pair: Pair;
  beforeEach(() => {
    pair = new Pair();
  });
  afterEach(async () => {
    pair.close();
    await closeStores();
  });

  const row = aCase({ id: 'a' });
  const revision = (rev: number, change: Partial<CaseRow> = {}) => aCommit({ case: { ...row, rev, ...change } });
  const fresh = () => ({ ...revision(1), fresh: true });

  it('is durable when it is answered, before the store has heard of it', async () => {
    expect(await pair.commit(fresh())).toBe('ok');
    expect(await pair.commit(revision(2))).toBe('ok');
    expect(pair.queue).toHaveLength(2);
    expect(await pair.afterCrash('a')).toMatchObject({ rev: 2 });
  });

  it('is seen by whoever reads after it', async () => {
    await pair.commit(fresh());
    const found = pair.channel.call('findCase', 'a');
    await pair.settle();
    expect(await found).toMatchObject({ rev: 1 });
  });

  it('meets a conflict when another was first', async () => {
    await pair.commit(fresh());
    const late = pair.commit(revision(1));
    await pair.settle();
    expect(await late).toBe('conflict');
    const next = pair.commit(revision(2));
    await pair.settle();
    expect(await next).toBe('ok');
  });

  it('does not go alone when two come at once, and one of the two wins', async () => {
    await pair.commit(fresh());
    const both = Promise.all([pair.commit(revision(2)), pair.commit(revision(2))]);
    await turn();
    await pair.settle();
    expect((await both).sort()).toEqual(['conflict', 'ok']);
  });

  it('goes through the store where a receipt, a lease or an unknown revision has to be looked at', async () => {
    const receipt = aReceipt();
    const commits = [fresh(), { ...revision(2), receipt }, { ...revision(3), receipt }];
    const answers: CommitResult[] = [];
    for (const commit of commits) {
      const answer = pair.commit(commit);
      await turn();
      await pair.settle();
      answers.push(await answer);
    }
    expect(answers).toEqual(['ok', 'ok', 'conflict']);
  });

  it('is kept when the database is written between its record and its message', async () => {
    await pair.commit(fresh());
    pair.serve();
    await pair.commit(revision(2));
    expect(pair.session.journal.lone).toBe(2);
    pair.session.checkpoint();
    expect(await pair.afterCrash('a')).toMatchObject({ rev: 2 });
    pair.serve();
    expect(pair.session.journal.end).toBe(0);
    expect(await pair.afterCrash('a')).toMatchObject({ rev: 2 });
    expect(await pair.commit(revision(3))).toBe('ok');
  });

  it('goes through the store for a while after a sync that took long', async () => {
    const slow = new Pair(tempDirectory(), 0);
    expect(await slow.commit(fresh())).toBe('ok');
    const next = slow.commit(revision(2));
    await turn();
    expect(slow.session.journal.lone).toBe(1);
    await slow.settle();
    expect(await next).toBe('ok');
    slow.close();
  });

  it('is refused when the store is closed', async () => {
    await pair.commit(fresh());
    pair.lone.close();
    pair.channel.finish();
    await expect(pair.commit(revision(2))).rejects.toMatchObject({ code: 'store.closed' });
  });

  it('is refused for good after a failed sync', async () => {
    await pair.commit(fresh());
    pair.serve();
    pair.session.journal.fail();
    const answers = Promise.allSettled([pair.commit(revision(2)), pair.channel.call('findCase', 'a')]);
    await turn();
    await pair.settle();
    for (const answer of await answers)
      expect(answer).toMatchObject({ status: 'rejected', reason: { code: 'store.unavailable' } });
  });
});

type Action = { do: 'commit'; of: number } | { do: 'serve'; count: number } | { do: 'turn' | 'checkpoint' | 'crash' };

const anyAction: fc.Arbitrary<Action> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('commit' as const), of: fc.nat(2) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('serve' as const), count: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('turn' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('checkpoint' as const, 'crash' as const) }) },
);

describe('commits alone and in company', () => {
  afterEach(closeStores);

  // each run makes a few stores of 8 MB on disk
  it('lose nothing acknowledged and apply nothing twice, whoever runs first', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyAction, { maxLength: 40 }), async (actions) => {
        const pair = new Pair();
        const rows = [0, 1, 2].map((i) => aCase({ id: `case-${i}`, rev: 0 }));
        const acknowledged = [0, 0, 0];
        const busy = [false, false, false];
        const commit = async (i: number) => {
          if (busy[i]) return;
          busy[i] = true;
          const rev = acknowledged[i]! + 1;
          const task = aTask({ id: `task-${i}-${rev}`, caseId: `case-${i}` });
          const answer = await pair.commit({
            ...aCommit({ case: { ...rows[i]!, rev }, tasks: [task] }),
            ...(rev === 1 && { fresh: true }),
          });
          expect(answer).toBe('ok');
          acknowledged[i] = rev;
          busy[i] = false;
        };
        const running: Promise<void>[] = [];
        for (const action of actions) {
          if (action.do === 'commit') running.push(commit(action.of));
          else if (action.do === 'serve') pair.serve(action.count);
          else if (action.do === 'turn') await turn();
          else if (action.do === 'checkpoint') pair.session.checkpoint();
          else
            for (const [i, rev] of [...acknowledged].entries())
              expect((await pair.afterCrash(`case-${i}`))?.rev ?? 0).toBeGreaterThanOrEqual(rev);
        }
        await turn();
        await pair.settle();
        await Promise.all(running);
        for (const [i, rev] of acknowledged.entries()) {
          const tasks = pair.channel.call('listTasksOfCase', `case-${i}`) as Promise<unknown[]>;
          await pair.settle();
          expect(await tasks).toHaveLength(rev);
        }
        pair.close();
        for (const [i, rev] of acknowledged.entries()) expect((await pair.afterCrash(`case-${i}`))?.rev ?? 0).toBe(rev);
      }),
      { numRuns: 25 },
    );
  }, 60_000);
});
