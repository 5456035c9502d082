import { randomUUID } from 'node:crypto';
import { systemClock } from '../../engine/kernel/clock.ts';
import type { CommandEvent } from '../../engine/store/mongo/driver.ts';
import { createIndexes, openMongoStore, type MongoOptions, type MongoStore } from '../../engine/store/mongo/index.ts';
import type { MongoServer } from './mongo.ts';
import { createAudit, type Audit } from './mongo-audit.ts';
import { track } from './stores.ts';

let databases = 0;
const run = randomUUID().slice(0, 8);

/** The address of a database of its own, with its indexes. */
export async function newDatabase(server: Pick<MongoServer, 'uri'>): Promise<string> {
  const uri = server.uri(`onevisit-test-${run}-${process.pid}-${++databases}`);
  await createIndexes(uri);
  return uri;
}

export function watchWith(audit: Audit): (event: CommandEvent) => void {
  return (event) => {
    if ('command' in event) audit.check({ name: event.commandName, body: event.command });
  };
}

/** What this process has sent, all stores together. */
export const audit = createAudit();

/** A node: one of the stores on a database. It heals only when told to, and goes by the clock of the tests. */
export async function openNode(uri: string, options: Partial<MongoOptions> = {}): Promise<MongoStore> {
  const judge = watchWith(audit);
  const watch = (event: CommandEvent) => {
    judge(event);
    options.watch?.(event);
  };
  return track(await openMongoStore({ uri, healEvery: 0, clock: systemClock, ...options, watch }));
}
