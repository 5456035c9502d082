import mongoose from 'mongoose';
import { createRequire } from 'node:module';
import { types } from 'node:util';

interface Connection {
  readonly socket: { readonly destroyed: boolean };
  onError(error: Error): void;
  writeCommand(command: unknown, options: unknown): Promise<void>;
}

let done = false;

/**
 * Fails at once, as trouble of the network, what is written to a socket that has just been destroyed or ended by the server.
 * Of the first the driver (7.8.0) waits for its 'drain', which never comes, and no limit of time ends that wait: when a
 * server goes away with all connections at once, the check of the server (monitor) may be what waits, and the node would not
 * find it again until it is restarted. Of the second it throws the error of the socket, which nobody takes for such trouble.
 */
export function failOnGoneSockets(): void {
  if (done) return;
  done = true;
  const require = createRequire(createRequire(import.meta.url).resolve('mongoose'));
  const { Connection } = require('mongodb/lib/cmap/connection') as { Connection: { prototype: Connection } };
  const { writeCommand } = Connection.prototype;
  Connection.prototype.writeCommand = async function (this: Connection, command, options) {
    if (this.socket.destroyed) throw gone(this);
    try {
      return await writeCommand.call(this, command, options);
    } catch (error) {
      throw isOfSocket(error) ? gone(this, error) : error;
    }
  };
}

function gone(connection: Connection, cause?: Error): Error {
  const error = new mongoose.mongo.MongoNetworkError('the connection is gone', cause && { cause });
  connection.onError(error);
  return error;
}

/** `EPIPE`, `ECONNRESET` and the like; the codes of the driver and of what was called off are numbers. */
function isOfSocket(error: unknown): error is Error {
  return types.isNativeError(error) && typeof (error as NodeJS.ErrnoException).code === 'string';
}
