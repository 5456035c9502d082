import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Store } from '../../../engine/store/ports.ts';
import { aCase, aCommit, events } from '../../support/stores.ts';

export function eventsContract(open: () => Promise<Store>): void {
  describe('events', () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });

    it('are read without gaps, page by page, in sequence', async () => {
      const row = aCase();
      const other = aCase();
      let next = 1;
      for (let rev = 1; rev <= 12; rev++) {
        const last = next + (rev % 4);
        await store.commit(aCommit({ case: { ...row, rev }, events: events(row.id, next, last) }));
        await store.commit(aCommit({ case: { ...other, rev }, events: events(other.id, rev, rev) }));
        next = last + 1;
      }
      const all = events(row.id, 1, next - 1);
      for (const limit of [1, 2, 7, 1000]) {
        const read = [];
        for (let page; (page = await store.listEvents(row.id, read.length, limit)).length > 0;) {
          expect(page.length).toBeLessThanOrEqual(limit);
          read.push(...page);
        }
        expect(read).toEqual(all);
      }
      expect(await store.listEvents('no such case', 0, 10)).toEqual([]);
    });

    it('may be missing from a commit', async () => {
      const row = aCase();
      await store.commit(aCommit({ case: row, events: events(row.id, 1, 2) }));
      await store.commit(aCommit({ case: { ...row, rev: 2 } }));
      await store.commit(aCommit({ case: { ...row, rev: 3 }, events: events(row.id, 3, 3) }));
      expect((await store.listEvents(row.id, 1, 10)).map((event) => event.seq)).toEqual([2, 3]);
    });
  });
}
