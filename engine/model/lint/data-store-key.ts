import { defineRule } from './rule.ts';
import { named, short } from './words.ts';

/** A record is found by its key: which one an element reads or writes must be said. */
export const rule = defineRule('data-store-key', ({ nodes }, report) => {
  for (const node of nodes) {
    for (const { store, key } of [...(node.data?.reads ?? []), ...(node.data?.writes ?? [])]) {
      if (key) continue;
      report.error(
        node.id,
        `${named(node).zh}读写数据存储“${short(store)}”，但没有指定记录的键（ov:key）`,
        `${named(node).en} uses data store '${short(store)}' but does not say which record (ov:key)`,
      );
    }
  }
});
