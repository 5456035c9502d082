import { pause, type Fault } from './fault.ts';
import { whileStoreIsAway } from './store-away.ts';

/** SIGKILL of the MongoDB server, so many times; each time it is started again on what it had written. */
export function killMongo(times: number): Fault {
  return async (city, { pace }, chance) => {
    const server = city.mongo.process;
    if (!server) return 'MongoDB not killed: it is not ours';
    for (let kill = 1; kill <= times; kill++) {
      await whileStoreIsAway(city, async () => {
        await server.kill();
        await pause(1_000 * chance());
        await server.boot();
      });
      if (kill < times) await pause(pace * (0.5 + chance()));
    }
    return `MongoDB killed ${times} times`;
  };
}
