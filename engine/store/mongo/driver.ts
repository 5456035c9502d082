import mongoose from 'mongoose';
import { failOnGoneSockets } from './gone-sockets.ts';

export type Db = mongoose.mongo.Db;
export type Document = mongoose.mongo.Document;
export type Collection<D extends Document> = mongoose.mongo.Collection<D>;
export type Filter<D> = mongoose.mongo.Filter<D>;
export type Update<D> = mongoose.mongo.UpdateFilter<D>;
export type CommandEvent =
  mongoose.mongo.CommandStartedEvent | mongoose.mongo.CommandSucceededEvent | mongoose.mongo.CommandFailedEvent;
export type Connection = mongoose.Connection;
export const { MongoBulkWriteError, MongoError, MongoServerError, MongoNetworkError } = mongoose.mongo;
/** Also when no server was found at all. */
export const MongooseError = mongoose.Error;
export const MONGOOSE = mongoose.version;

export interface ConnectOptions {
  readonly uri: string;
  /** Hears of every command that is sent, and of its end. */
  readonly watch?: ((event: CommandEvent) => void) | undefined;
  /** For commands that may take minutes, as building an index does. */
  readonly patient?: boolean;
}

/** Without these the driver waits for ever: for an answer that does not come, for a connection that is free. ms */
const LIMITS = {
  serverSelectionTimeoutMS: 5_000,
  connectTimeoutMS: 5_000,
  socketTimeoutMS: 10_000,
  waitQueueTimeoutMS: 5_000,
  heartbeatFrequencyMS: 5_000,
};

/** For how long a command may find no server, and then wait for its answer (ms). */
export function patienceOf(connection: Connection): number {
  const { serverSelectionTimeoutMS, socketTimeoutMS } = connection.getClient().options;
  return serverSelectionTimeoutMS + (socketTimeoutMS || LIMITS.socketTimeoutMS);
}

/**
 * Writes are acknowledged by a majority and in the journal, whatever the URI says; nothing is kept waiting in memory for a
 * server that is away. Reads follow the URI (its default: the primary), and so do repeated writes and limits of time that it names.
 */
export async function connect({ uri, watch, patient = false }: ConnectOptions): Promise<Connection> {
  failOnGoneSockets();
  const limits = Object.entries({ ...LIMITS, ...(patient && { socketTimeoutMS: 0 }) });
  const unnamed = limits.filter(([name]) => !new RegExp(`[?&]${name}=`, 'i').test(uri));
  const connection = mongoose.createConnection(uri, {
    // by this name it counts over `j`, `journal` and `fsync` of the address
    writeConcern: { w: 'majority', j: true },
    autoIndex: false,
    autoCreate: false,
    bufferCommands: false,
    ignoreUndefined: true,
    ...Object.fromEntries(unnamed),
    monitorCommands: watch !== undefined,
  });
  // each operation reports its own failure; without a listener the event would end the process
  connection.on('error', () => undefined);
  if (watch) {
    const client = connection.getClient();
    client.on('commandStarted', watch).on('commandSucceeded', watch).on('commandFailed', watch);
  }
  try {
    return await connection.asPromise();
  } catch (error) {
    await connection.destroy();
    throw error;
  }
}

/** Somebody wrote a row with this id first. */
export function isDuplicate(error: unknown): boolean {
  return error instanceof MongoServerError && error.code === 11000;
}

/** Two that make the same row at once: one of them is told so, and finds it there the next time. */
export async function again<T>(upsert: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await upsert();
    } catch (error) {
      if (!isDuplicate(error) || attempt === 5) throw error;
    }
  }
}
