import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { systemClock } from '../../../../engine/kernel/clock.ts';
import { startHealer } from '../../../../engine/store/mongo/healer.ts';
import { createProjector } from '../../../../engine/store/mongo/projector.ts';
import type { Session } from '../../../../engine/store/mongo/session.ts';

const EVERY = 2_000;
const never = new Promise<never>(() => undefined);
const rest = (ms: number) => new Promise((done) => setTimeout(done, ms));

/**
 * A database in which `cases` never lose their pending entry. `answer` is what the server does with the question for one
 * of them.
 */
function databaseWith(cases: readonly string[], answer: (id: string) => Promise<unknown>) {
  const found = (ids: readonly string[]) => ({
    limit: () => ({ toArray: async () => ids.map((id) => ({ _id: id, rev: 1 })) }),
  });
  const asked: string[] = [];
  const none = { find: () => found([]) };
  const into = {
    cases: {
      find: () => found(cases),
      async findOne({ _id }: { _id: string }) {
        asked.push(_id);
        await answer(_id);
        return null;
      },
    },
    definitions: none,
    records: none,
    ...Object.fromEntries(['jobs', 'subscriptions', 'incidents', 'receipts'].map((name) => [name, none])),
  };
  return { into: into as unknown as Session['into'], asked };
}

describe('a node that finishes for nodes that died', () => {
  beforeEach(() => {
    jest.useFakeTimers();
    jest.spyOn(Math, 'random').mockReturnValue(0.5); // no jitter
  });
  afterEach(() => {
    jest.restoreAllMocks();
    jest.useRealTimers();
  });

  function healing(cases: readonly string[], answer: (id: string) => Promise<unknown>) {
    const { into, asked } = databaseWith(cases, answer);
    const errors: unknown[] = [];
    const projector = createProjector(into, systemClock, () => undefined);
    const healer = startHealer({ into, projector, clock: systemClock } as Session, EVERY, (error) =>
      errors.push(error),
    );
    return { asked, errors, healer };
  }
  const CASES = ['a', 'b', 'c', 'd', 'e'];

  it('stops a look at a slow store after half a minute, and goes on with the rest in the next', async () => {
    const { asked, errors, healer } = healing(CASES, () => rest(10_000));
    await jest.advanceTimersByTimeAsync(2 * EVERY + 31_000);
    expect(asked).toEqual(['a', 'b', 'c']);
    await jest.advanceTimersByTimeAsync(EVERY + 10_000);
    expect(asked).toEqual(CASES);
    expect(errors).toEqual([]);
    const stopped = healer.stop();
    await jest.advanceTimersByTimeAsync(60_000);
    await stopped;
  });

  it('gives up a look in which a command hangs, and tends the others in the next', async () => {
    const { asked, errors, healer } = healing(CASES, (id) => (id === 'a' ? never : rest(0)));
    await jest.advanceTimersByTimeAsync(2 * EVERY + 60_000);
    expect(errors).toEqual([expect.objectContaining({ code: 'store.unavailable' })]);
    expect(asked).toEqual(['a']);
    await jest.advanceTimersByTimeAsync(EVERY + 1_000);
    expect(asked.slice(0, 5)).toEqual(CASES);
    const stopped = healer.stop();
    await jest.advanceTimersByTimeAsync(60_000);
    await stopped;
  });

  it('tends the others where one fails each time', async () => {
    const { asked, errors, healer } = healing(CASES, async (id) => {
      if (id === 'a') throw new Error('broken');
    });
    await jest.advanceTimersByTimeAsync(2 * EVERY);
    expect(asked).toEqual(CASES);
    expect(errors).toEqual([expect.objectContaining({ message: 'broken' })]);
    await healer.stop();
  });
});
