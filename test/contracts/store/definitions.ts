import { beforeEach, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../engine/kernel/json.ts';
import type { Store } from '../../../engine/store/ports.ts';
import { aDefinition, aJob } from '../../support/stores.ts';

export function definitionsContract(open: () => Promise<Store>): void {
  describe('definitions', () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });

    it('are kept once per key and version', async () => {
      const one = aDefinition({ key: 'k', resources: JSON.parse('{"__proto__": {"form": "表单𠮷"}}') as JsonObject });
      const results = await Promise.all([store.addDefinition(one), store.addDefinition({ ...one, xml: '<other/>' })]);
      expect(results.sort()).toEqual([false, true]);
      expect(await store.findDefinition('k:1')).toMatchObject({ id: 'k:1' });
      expect(await store.addDefinition(aDefinition({ key: 'k', version: 2 }))).toBe(true);
      expect(await store.findDefinition('missing')).toBeUndefined();
    });

    it('change jobs in the same write, or not at all', async () => {
      const [before, next, late] = [aJob({ caseId: '' }), aJob({ caseId: '' }), aJob({ caseId: '' })];
      await store.addDefinition(aDefinition({ key: 'k' }), { put: [before], remove: [] });
      expect(await store.findJob(before.id)).toEqual(before);
      const second = aDefinition({ key: 'k', version: 2 });
      expect(await store.addDefinition(second, { put: [next], remove: [before.id] })).toBe(true);
      expect(await store.findJob(before.id)).toBeUndefined();
      expect(await store.addDefinition(second, { put: [late], remove: [next.id] })).toBe(false);
      expect(await store.findJob(late.id)).toBeUndefined();
      expect(await store.findJob(next.id)).toEqual(next);
    });

    it('come back whole, and the latest is the highest version', async () => {
      for (const version of [1, 10, 2, 9]) await store.addDefinition(aDefinition({ key: 'k', version }));
      const { xml, resources, ...latest } = aDefinition({ key: 'k', version: 10 });
      expect(await store.findDefinition('k:10')).toEqual({ ...latest, xml, resources });
      expect(await store.latestDefinition('k')).toEqual(latest);
      expect(await store.latestDefinition('missing')).toBeUndefined();
    });

    it('are listed newest first per key, or the newest of each key, without XML', async () => {
      for (const version of [1, 10, 2]) await store.addDefinition(aDefinition({ key: 'a', version }));
      await store.addDefinition(aDefinition({ key: 'b', version: 1 }));
      expect((await store.listDefinitions('a')).map((row) => row.version)).toEqual([10, 2, 1]);
      const newest = await store.listDefinitions();
      expect(newest.map((row) => row.id)).toEqual(['a:10', 'b:1']);
      const { xml, resources, ...summary } = aDefinition({ key: 'b', version: 1 });
      expect([xml, resources]).toBeDefined();
      expect(newest[1]).toEqual(summary);
      expect(await store.listDefinitions('missing')).toEqual([]);
    });
  });
}
