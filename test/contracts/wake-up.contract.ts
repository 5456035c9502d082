import { afterEach, describe, expect, it } from '@jest/globals';
import type { WakeUp } from '../../engine/jobs/wake-up.ts';

/** When looks were taken, and the wait for the next. */
export function watcher() {
  const looks: number[] = [];
  const waiting: (() => void)[] = [];
  return {
    looks,
    look() {
      looks.push(Date.now());
      for (const go of waiting.splice(0)) go();
    },
    /** Resolves when `count` looks were taken. */
    async taken(count: number): Promise<void> {
      while (looks.length < count) await new Promise<void>((go) => waiting.push(go));
    },
  };
}

/** What every way of waking up promises. `open` starts one, and resolves when it takes hints and has no look left of its own. */
export function wakeUpContract(name: string, open: (look: () => void) => Promise<WakeUp>) {
  describe(`wake-up contract: ${name}`, () => {
    const opened: WakeUp[] = [];
    afterEach(async () => {
      await Promise.all(opened.splice(0).map((wakeUp) => wakeUp.stop()));
    });

    async function begin() {
      const watch = watcher();
      const wakeUp = await open(watch.look);
      opened.push(wakeUp);
      watch.looks.length = 0;
      return { wakeUp, ...watch };
    }

    it('says what it is', async () => {
      expect((await begin()).wakeUp.description).toMatch(/\w/);
    });

    it('looks at once when work is due', async () => {
      const { wakeUp, taken } = await begin();
      wakeUp.hint(Date.now(), 'job-1');
      await taken(1);
    });

    it('looks when work becomes due, and not before', async () => {
      const { wakeUp, taken, looks } = await begin();
      const dueAt = Date.now() + 150;
      wakeUp.hint(dueAt, 'job-1');
      await taken(1);
      expect(looks[0]).toBeGreaterThanOrEqual(dueAt - 2); // timers and clock round differently
    });

    it('looks for the earlier of two hints first, whichever came first', async () => {
      const { wakeUp, taken, looks } = await begin();
      const now = Date.now();
      wakeUp.hint(now + 20_000, 'late');
      wakeUp.hint(now + 50, 'soon');
      await taken(1);
      expect(looks[0]! - now).toBeLessThan(20_000);
    });

    it('takes the same hint twice', async () => {
      const { wakeUp, taken } = await begin();
      const dueAt = Date.now() + 30;
      wakeUp.hint(dueAt, 'job-1');
      wakeUp.hint(dueAt, 'job-1');
      await taken(1);
      wakeUp.hint(Date.now(), 'job-1');
      await taken(2);
    });

    it('takes hints about no job in particular, and about the far future', async () => {
      const { wakeUp, taken } = await begin();
      wakeUp.hint(Date.now() + 30 * 86_400_000);
      wakeUp.hint(0);
      await taken(1);
    });

    it('is silent after it was stopped, and may be hinted to', async () => {
      const { wakeUp, looks } = await begin();
      wakeUp.hint(Date.now() + 20, 'job-1');
      await wakeUp.stop();
      wakeUp.hint(Date.now(), 'job-2');
      const other = await begin();
      other.wakeUp.hint(Date.now() + 60, 'job-3');
      await other.taken(1);
      expect(looks).toEqual([]);
    });
  });
}
