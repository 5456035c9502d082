import mongoose from 'mongoose';

export type Db = mongoose.mongo.Db;
export type Document = mongoose.mongo.Document;
export type Collection<D extends Document> = mongoose.mongo.Collection<D>;
export type Filter<D> = mongoose.mongo.Filter<D>;
export type Update<D> = mongoose.mongo.UpdateFilter<D>;
export type CommandStarted = mongoose.mongo.CommandStartedEvent;
export type Connection = mongoose.Connection;
export const { MongoBulkWriteError, MongoError, MongoServerError, MongoNetworkError } = mongoose.mongo;
export const MONGOOSE = mongoose.version;

export interface ConnectOptions {
  readonly uri: string;
  /** Hears of every command that is sent. */
  readonly watch?: ((command: CommandStarted) => void) | undefined;
}

/**
 * Writes are acknowledged by a majority and in the journal; nothing is kept waiting in memory for a server that is
 * away. Reads follow the URI (its default: the primary).
 */
export async function connect({ uri, watch }: ConnectOptions): Promise<Connection> {
  const connection = mongoose.createConnection(uri, {
    writeConcern: { w: 'majority', journal: true },
    retryWrites: true,
    autoIndex: false,
    autoCreate: false,
    bufferCommands: false,
    ignoreUndefined: true,
    serverSelectionTimeoutMS: 5_000,
    monitorCommands: watch !== undefined,
  });
  // each operation reports its own failure; without a listener the event would end the process
  connection.on('error', () => undefined);
  if (watch) connection.getClient().on('commandStarted', watch);
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
