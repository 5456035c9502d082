import mongoose from 'mongoose';
import { pause, type Fault } from './fault.ts';
import { whileStoreIsAway } from './store-away.ts';

/** The primary of a replica set steps down, so many times, and another is elected. */
export function stepDown(times: number): Fault {
  return async (city, { pace }, chance) => {
    for (let step = 1; step <= times; step++) {
      await whileStoreIsAway(city, () => stepDownOnce(city.mongo.uri('admin')));
      if (step < times) await pause(pace * (0.5 + chance()));
    }
    return `the primary stepped down ${times} times`;
  };
}

async function stepDownOnce(uri: string): Promise<void> {
  const before = await primaryOf(uri);
  const connection = await mongoose.createConnection(uri).asPromise();
  // the member that steps down may close the connection instead of answering
  await connection.db!.command({ replSetStepDown: 30, secondaryCatchUpPeriodSecs: 10 }).catch(() => undefined);
  await connection.close();
  const deadline = Date.now() + 60_000;
  for (let now = before; now === before || now === undefined; now = await primaryOf(uri).catch(() => undefined)) {
    if (Date.now() > deadline) throw new Error('no other primary was elected within 60 s');
    await pause(200);
  }
}

/** Undefined where the server is no replica set. */
export async function primaryOf(uri: string): Promise<string | undefined> {
  const connection = await mongoose.createConnection(uri, { serverSelectionTimeoutMS: 20_000 }).asPromise();
  try {
    const told = await connection.db!.command({ ismaster: 1 });
    return told.primary as string | undefined;
  } finally {
    await connection.close();
  }
}
