import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Store } from '../../../engine/store/ports.ts';
import { aCase, aCommit, aReceipt, NINE } from '../../support/stores.ts';
import { ODD } from './odd.ts';

const HOUR = 3_600_000;

export function recordsContract(open: () => Promise<Store>): void {
  describe('receipts', () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });

    it('keep the first answer until they expire', async () => {
      const receipt = aReceipt({ answer: { id: 'c1', list: [1, null, '一'] } });
      const second = { ...receipt, status: 409 };
      const results = await Promise.all([store.addReceipt(receipt), store.addReceipt(second)]);
      expect(results.filter(Boolean)).toHaveLength(1);
      const kept = results[0] ? receipt : second;
      expect(await store.findReceipt(receipt.key, receipt.expiresAt - 1)).toEqual(kept);
      expect(await store.findReceipt(receipt.key, receipt.expiresAt)).toBeUndefined();
      const renewed = { ...receipt, status: 201, expiresAt: receipt.expiresAt + HOUR };
      expect(await store.addReceipt(renewed)).toBe(true);
      expect(await store.findReceipt(receipt.key, receipt.expiresAt)).toEqual(renewed);
      expect(await store.findReceipt('missing', NINE)).toBeUndefined();
    });
  });

  describe('documents and counters', () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });

    it('keeps the last document put, listed by id', async () => {
      await store.putDocument('people', 'b', { name: '李' });
      await store.putDocument('people', 'a', { name: 'old' });
      await store.putDocument('people', 'a', { name: '张𠮷', deep: [{ x: 1 }] });
      await store.putDocument('other', 'a', { other: true });
      expect(await store.getDocument('people', 'a')).toEqual({ name: '张𠮷', deep: [{ x: 1 }] });
      expect(await store.getDocument('people', 'c')).toBeUndefined();
      expect(await store.listDocuments('people')).toEqual([
        { id: 'a', document: { name: '张𠮷', deep: [{ x: 1 }] } },
        { id: 'b', document: { name: '李' } },
      ]);
      expect(await store.listDocuments('missing')).toEqual([]);
      for (const odd of ODD) {
        await store.putDocument(odd, odd, { odd });
        expect(await store.listDocuments(odd)).toEqual([{ id: odd, document: { odd } }]);
      }
    });

    it('finds documents by tag, newest id first and a page at a time', async () => {
      const row = aCase();
      const documents = ['1', '2', '3', '4'].map((id) => ({
        collection: 'orders',
        id,
        document: { n: id },
        tags: ['all', id === '2' ? 'of tax' : 'of housing', ...ODD],
      }));
      await store.commit({ ...aCommit({ case: row }), documents });
      const ids = async (query: Partial<Parameters<Store['findDocuments']>[0]>) =>
        (await store.findDocuments({ collection: 'orders', limit: 10, ...query })).map(({ id }) => id);
      expect(await ids({})).toEqual(['4', '3', '2', '1']);
      expect(await ids({ tag: 'of housing', limit: 2 })).toEqual(['4', '3']);
      expect(await ids({ tag: 'of housing', before: '3' })).toEqual(['1']);
      expect(await ids({ before: '3' })).toEqual(['2', '1']);
      for (const odd of ODD) expect(await ids({ tag: odd })).toHaveLength(4);
      expect(await ids({ tag: 'missing' })).toEqual([]);
      expect(await store.findDocuments({ collection: 'other', tag: 'all', limit: 1 })).toEqual([]);
    });

    it('finds a document by the tags it was put with last', async () => {
      await store.putDocument('orders', '1', { status: 'issued' }, ['issued', 'tax']);
      const row = aCase();
      const again = { collection: 'orders', id: '1', document: { status: 'replied' }, tags: ['tax', 'replied'] };
      await store.commit({ ...aCommit({ case: row }), documents: [again] });
      const by = (tag: string) => store.findDocuments({ collection: 'orders', tag, limit: 5 });
      expect(await by('issued')).toEqual([]);
      expect(await by('replied')).toEqual([{ id: '1', document: { status: 'replied' } }]);
      expect(await by('tax')).toHaveLength(1);
      await store.putDocument('orders', '1', { status: 'gone' });
      expect(await by('tax')).toEqual([]);
      expect(await store.getDocument('orders', '1')).toEqual({ status: 'gone' });
    });

    it('keeps the last of what cases and others write, also of one write that lists a document twice', async () => {
      const by = (...names: string[]) =>
        names.map((name) => ({ collection: 'houses', id: 'h1', document: { by: name } }));
      const none = { put: [], remove: [] };
      const kept = () => store.getDocument('houses', 'h1');
      await store.commit({ ...aCommit({ case: aCase() }), documents: by('first', 'second') });
      expect(await kept()).toEqual({ by: 'second' });
      await store.commitRecords({ jobs: none, documents: by('third', 'fourth') });
      expect(await kept()).toEqual({ by: 'fourth' });
      await store.putDocument('houses', 'h1', { by: 'fifth' });
      expect(await kept()).toEqual({ by: 'fifth' });
      await store.commit({ ...aCommit({ case: aCase() }), documents: by('sixth') });
      expect(await kept()).toEqual({ by: 'sixth' });
      await Promise.all(
        ['a', 'b', 'c'].map((name) => store.commit({ ...aCommit({ case: aCase() }), documents: by(name) })),
      );
      expect(['a', 'b', 'c']).toContain((await kept())!.by);
      await store.putDocument('houses', 'h1', { by: 'last' });
      expect(await kept()).toEqual({ by: 'last' });
    });

    it('never gives a number twice, and counters do not share', async () => {
      const numbers = await Promise.all(Array.from({ length: 50 }, () => store.nextNumber('2026')));
      expect([...numbers].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
      expect(await store.nextNumber('2027')).toBe(1);
      expect(await store.nextNumber('__proto__')).toBe(1);
      expect(await store.nextNumber('2026')).toBe(51);
    });
  });
}
