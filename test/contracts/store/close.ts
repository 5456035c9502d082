import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Store } from '../../../engine/store/ports.ts';
import { aCase, aCommit } from '../../support/stores.ts';

export function closeContract(open: () => Promise<Store>): void {
  describe('close', () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });

    it('refuses later calls clearly, and may be repeated', async () => {
      expect(store.description).not.toBe('');
      const row = aCase();
      await store.commit(aCommit({ case: row }));
      await store.close();
      await store.close();
      await expect(store.findCase(row.id)).rejects.toMatchObject({ kind: 'unavailable', code: 'store.closed' });
      await expect(store.commit(aCommit())).rejects.toMatchObject({ kind: 'unavailable', code: 'store.closed' });
    });
  });
}
