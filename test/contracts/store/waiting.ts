import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Store } from '../../../engine/store/ports.ts';
import { aCase, aCommit, aSubscription, anIncident } from '../../support/stores.ts';

export function waitingContract(open: () => Promise<Store>): void {
  describe('subscriptions and incidents', () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });

    it('finds who waits for a message by name and key', async () => {
      const row = aCase();
      const some = [
        aSubscription({ id: 'a', name: 'm', key: 'k' }),
        aSubscription({ id: 'b', name: 'm', key: 'k' }),
        aSubscription({ id: 'c', name: 'm', key: null }),
        aSubscription({ id: 'd', name: 'n', key: 'k' }),
      ];
      await store.commit({ ...aCommit({ case: row }), subscriptions: { put: some, remove: [] } });
      const find = async (name: string, key: string | null) =>
        (await store.findSubscriptions(name, key)).map((subscription) => subscription.id);
      expect(await find('m', 'k')).toEqual(['a', 'b']);
      expect(await find('m', null)).toEqual(['c']);
      expect(await find('m', 'other')).toEqual([]);
      await store.commit({
        ...aCommit({ case: { ...row, rev: 2 } }),
        subscriptions: { put: [], remove: ['a', 'missing'] },
      });
      expect(await find('m', 'k')).toEqual(['b']);
    });

    it('finds who waits page by page', async () => {
      const ids = ['a.1.x', 'a.2.x', 'b.1.x', 'b/', 'c.1.x'];
      const some = ids.map((id) => aSubscription({ id, name: 'm', key: null, kind: 'signal' }));
      await store.commit({ ...aCommit(), subscriptions: { put: some, remove: [] } });
      const page = async (after: string, limit = 2) =>
        (await store.findSubscriptions('m', null, { after, limit })).map(({ id }) => id);
      expect(await page('')).toEqual(['a.1.x', 'a.2.x']);
      expect(await page('a/')).toEqual(['b.1.x', 'b/']);
      expect(await page('b/', 5)).toEqual(['c.1.x']);
      expect(await page('c/')).toEqual([]);
      expect(await store.findSubscriptions('m', 'k', { after: '', limit: 5 })).toEqual([]);
    });

    it('lists incidents by definition and case, page by page', async () => {
      const row = aCase();
      const some = ['i1', 'i2', 'i3', 'i4'].map((id, i) =>
        anIncident({ id, caseId: i < 3 ? row.id : 'other', definitionKey: i % 2 === 0 ? '甲' : '乙' }),
      );
      await store.commit({ ...aCommit({ case: row }), incidents: { put: some, remove: [] } });
      const find = async (query: object) =>
        (await store.listIncidents({ limit: 10, ...query })).map((incident) => incident.id);
      expect(await find({})).toEqual(['i1', 'i2', 'i3', 'i4']);
      expect(await find({ limit: 2 })).toEqual(['i1', 'i2']);
      expect(await find({ after: 'i2' })).toEqual(['i3', 'i4']);
      expect(await find({ definitionKey: '甲' })).toEqual(['i1', 'i3']);
      expect(await find({ caseId: row.id, definitionKey: '乙' })).toEqual(['i2']);
      expect(await store.findIncident('missing')).toBeUndefined();
    });
  });
}
