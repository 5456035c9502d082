import { randomUUID } from 'node:crypto';
import type { Clock } from '../../kernel/clock.ts';
import type { Store } from '../ports.ts';
import { collectionsOf, type Collections } from './documents.ts';
import { connect, MONGOOSE, patienceOf, type CommandEvent } from './driver.ts';
import { refusalOf } from './errors.ts';
import { startHealer } from './healer.ts';
import { refuseMissingIndexes } from './indexes.ts';
import { mongoStore } from './mongo-store.ts';
import { createProjector } from './projector.ts';
import { readServerTime, startServerClock, type ServerClock } from './server-clock.ts';
import type { Failpoint, Session } from './session.ts';
import { settling } from './settle.ts';

export interface MongoOptions {
  /** With the name of the database. Options in it hold, except the write concern: majority and journal. */
  readonly uri: string;
  /** How often this node looks for what a dead node left, in ms; default 2,000. 0: only when `projectPending` is called. */
  readonly healEvery?: number;
  /** For tests: hears of every command that is sent, and of its end. */
  readonly watch?: (event: CommandEvent) => void;
  /** For tests: called where a node may die. Throw to stop there. */
  readonly failpoint?: (point: Failpoint) => Promise<void> | void;
  readonly onError?: (error: unknown) => void;
  /** Told when this machine's clock comes to differ from the server's by more than a second, and when it no longer does. */
  readonly onDrift?: ((aheadMs: number, wrong: boolean) => void) | undefined;
  /** For tests: instead of the server's. */
  readonly clock?: Clock | undefined;
}

export interface MongoStore extends Store {
  /** The server's: what all nodes of a database have in common. */
  readonly clock: Clock;
  /** What any node wrote after an instant (of `clock`), oldest first, at most `limit`. */
  listChanges(after: number, limit: number): Promise<{ caseId: string; seq: number }[]>;
  /** Puts everything in place that is pending on any node's behalf; answers how many documents had something. */
  projectPending(): Promise<number>;
}

/**
 * Many nodes may open one database. `store.unavailable`: the server does not answer, or indexes are missing (all are
 * named).
 */
export async function openMongoStore(options: MongoOptions): Promise<MongoStore> {
  const { uri, watch, healEvery = 2_000, onError = () => undefined } = options;
  const reach = options.failpoint ?? (() => undefined);
  try {
    const connection = await connect({ uri, watch });
    try {
      const db = connection.db!;
      await refuseMissingIndexes(db);
      const { version } = (await db.command({ buildInfo: 1 })) as { version: string };
      const into = collectionsOf(db);
      const serverClock = options.clock ? undefined : await askServer(into, options);
      const clock = options.clock ?? serverClock!;
      const projector = createProjector(into, clock, () => reach('projected'));
      const session: Session = {
        into,
        clock,
        projector,
        settle: settling(into, clock, projector),
        reach,
        newHold: (anchor, id, rev) => {
          const nonce = randomUUID();
          return { nonce, anchor, id: id ?? nonce, rev, at: clock.now() };
        },
      };
      const healer = startHealer(session, healEvery, (error) => onError(refusalOf(error)));
      return mongoStore(session, {
        description: `MongoDB ${version}, database ${db.databaseName} (mongoose ${MONGOOSE})`,
        patience: patienceOf(connection),
        projectPending: () => projector.heal({ all: true }),
        async close() {
          serverClock?.stop();
          await healer.stop();
          await projector.settled();
          await connection.close();
        },
      });
    } catch (error) {
      await connection.close();
      throw error;
    }
  } catch (error) {
    throw refusalOf(error);
  }
}

function askServer(into: Collections, { onDrift }: MongoOptions): Promise<ServerClock> {
  return startServerClock({ read: () => readServerTime(into), onDrift });
}
