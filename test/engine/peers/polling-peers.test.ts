import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { pollingPeers, type PeerChange } from '../../../engine/index.ts';

/** A store that several nodes write, and this node's way of asking it. */
function shared(options: { every?: number } = {}) {
  const written: (PeerChange & { at: number })[] = [];
  const errors: unknown[] = [];
  let asked = 0;
  let broken = false;
  const peers = pollingPeers({
    async listChanges(after, limit) {
      asked++;
      if (broken) throw new Error('down');
      return written.filter(({ at }) => at > after).slice(0, limit);
    },
    onError: (error) => errors.push(error),
    ...options,
  });
  const heard: string[] = [];
  return {
    peers,
    errors,
    heard,
    asked: () => asked,
    breaks: (value: boolean) => (broken = value),
    write: (caseId: string, seq: number, at = Date.now()) => void written.push({ caseId, seq, at }),
    listen: () =>
      peers.listen({
        changed: ({ caseId, seq }) => heard.push(`${caseId} ${seq}`),
        missed: () => heard.push('missed'),
      }),
  };
}

describe('asking the store what others wrote', () => {
  beforeEach(() => void jest.useFakeTimers({ now: Date.parse('2026-03-02T09:00:00+08:00') }));
  afterEach(() => void jest.useRealTimers());

  it('tells each change of others once, in order, within a second', async () => {
    const { write, listen, heard } = shared();
    listen();
    await jest.advanceTimersByTimeAsync(10);
    write('a', 1);
    write('b', 4);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(heard).toEqual(['a 1', 'b 4']);
    write('a', 2);
    await jest.advanceTimersByTimeAsync(5_000);
    expect(heard).toEqual(['a 1', 'b 4', 'a 2']);
  });

  it('does not tell what this node told itself', async () => {
    const { write, listen, heard, peers } = shared();
    listen();
    write('a', 1);
    peers.tell({ caseId: 'a', seq: 1 });
    write('a', 2);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(heard).toEqual(['a 2']);
  });

  it('finds a write that becomes visible later, or by a clock that is behind', async () => {
    const { write, listen, heard } = shared();
    listen();
    await jest.advanceTimersByTimeAsync(10_000);
    write('late', 1, Date.now() - 4_000);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(heard).toEqual(['late 1']);
  });

  it('says to look again where more was written than anybody reads one by one', async () => {
    const { write, listen, heard } = shared();
    listen();
    await jest.advanceTimersByTimeAsync(10);
    for (let n = 0; n < 600; n++) write(`case-${n}`, 1);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(new Set(heard)).toEqual(new Set(['missed']));
  });

  it('asks only while somebody listens', async () => {
    const { listen, asked } = shared();
    await jest.advanceTimersByTimeAsync(5_000);
    expect(asked()).toBe(0);
    const [stop, stopOther] = [listen(), listen()];
    await jest.advanceTimersByTimeAsync(2_500);
    expect(asked()).toBe(3);
    stop();
    stopOther();
    await jest.advanceTimersByTimeAsync(5_000);
    expect(asked()).toBe(3);
  });

  it('misses nothing while the store does not answer, and tells that once', async () => {
    const { write, listen, heard, breaks, errors } = shared();
    listen();
    await jest.advanceTimersByTimeAsync(1_500);
    breaks(true);
    write('a', 1);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(errors).toHaveLength(1);
    breaks(false);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(heard).toEqual(['a 1']);
  });
});
