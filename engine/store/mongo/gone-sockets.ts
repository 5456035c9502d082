import mongoose from 'mongoose';
import { createRequire } from 'node:module';

interface Connection {
  readonly socket: { readonly destroyed: boolean };
  onError(error: Error): void;
  writeCommand(command: unknown, options: unknown): Promise<void>;
}

let done = false;

/**
 * Fails at once what is written to a socket that has just been destroyed. The driver (7.8.0) waits for its 'drain' then,
 * which never comes, and no limit of time ends that wait: when a server goes away with all connections at once, the check
 * of the server (monitor) may be what waits, and the node would not find it again until it is restarted.
 */
export function failOnGoneSockets(): void {
  if (done) return;
  done = true;
  const require = createRequire(createRequire(import.meta.url).resolve('mongoose'));
  const { Connection } = require('mongodb/lib/cmap/connection') as { Connection: { prototype: Connection } };
  const { writeCommand } = Connection.prototype;
  Connection.prototype.writeCommand = async function (this: Connection, command, options) {
    if (!this.socket.destroyed) return writeCommand.call(this, command, options);
    const error = new mongoose.mongo.MongoNetworkError('the connection is gone');
    this.onError(error);
    throw error;
  };
}
