import type { Store } from '../../engine/index.ts';
import { memoryStore } from '../../engine/store/memory/index.ts';

/** Where `npm run test:features` keeps the cases of the feature tests (test/features-on-mongo). */
const SERVER = process.env.FEATURES_MONGODB_URI;

/** The store of a test that is about no store: in memory, or a database of its own on the server that the run names. */
export function testStore(): Store {
  return SERVER === undefined ? memoryStore() : onceOpen(openOn(SERVER));
}

/** How often a property is tried: less often where each try opens a database. */
export function tries(usual: number): number {
  return SERVER === undefined ? usual : Math.ceil(usual / 10);
}

/** Loads what it needs only then: tests and programs that stay in memory start without. */
async function openOn(server: string): Promise<Store> {
  const [{ withDatabase }, { newDatabase, openNode }] = await Promise.all([
    import('./mongo.ts'),
    import('./mongo-stores.ts'),
  ]);
  return openNode(await newDatabase({ uri: (database) => withDatabase(server, database) }));
}

/** A store to ask at once, though it is still being opened: whatever it is asked waits for that. */
function onceOpen(opened: Promise<Store>): Store {
  const own: Partial<Store> = {};
  return new Proxy(own as Store, {
    get(target, name: keyof Store | 'then') {
      if (name === 'then' || name in target) return Reflect.get(target, name) as unknown;
      return async (...args: unknown[]) => {
        const store = await opened;
        return (store[name] as (...args: unknown[]) => unknown)(...args);
      };
    },
  });
}
