import { expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { connect, createServer, Socket, type AddressInfo } from 'node:net';
import { refusalOf } from '../../../../engine/store/mongo/errors.ts';
import { failOnGoneSockets } from '../../../../engine/store/mongo/gone-sockets.ts';

const require = createRequire(createRequire(import.meta.url).resolve('mongoose'));

it('a command for a connection that has just gone fails at once, instead of waiting for ever', async () => {
  const { Connection } = require('mongodb/lib/cmap/connection') as {
    Connection: { prototype: { writeCommand(command: unknown, options: unknown): Promise<void> } };
  };
  failOnGoneSockets();
  const socket = new Socket().on('error', () => undefined);
  socket.destroy();
  expect(socket.write('ismaster')).toBe(false); // which a driver takes for a full buffer, and waits until it drains
  const told: Error[] = [];
  const connection = { socket, onError: (error: Error) => told.push(error) };
  const command = { toBin: () => Promise.resolve([Buffer.from('ismaster')]) };
  const sent = Connection.prototype.writeCommand.call(connection, command, { agreedCompressor: 'none' });
  await expect(sent).rejects.toThrow('the connection is gone');
  expect(told).toHaveLength(1);
});

it('a command for a connection that the server has just ended fails as trouble of the store', async () => {
  const { Connection } = require('mongodb/lib/cmap/connection') as {
    Connection: { prototype: { writeCommand(command: unknown, options: unknown): Promise<void> } };
  };
  failOnGoneSockets();
  const server = createServer((each) => each.end()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1').resume();
  await once(socket, 'end');
  expect(socket.destroyed).toBe(false);
  const told: Error[] = [];
  const connection = { socket, onError: (error: Error) => told.push(error) };
  const command = { toBin: () => Promise.resolve([Buffer.from('ismaster')]) };
  const sent = Connection.prototype.writeCommand.call(connection, command, { agreedCompressor: 'none' });
  const error = await sent.then(
    () => undefined,
    (failure: unknown) => failure,
  );
  expect(error).toMatchObject({ cause: { code: 'EPIPE' } });
  expect(refusalOf(error)).toMatchObject({ code: 'store.unavailable' });
  expect(told).toHaveLength(1);
  server.close();
});

it('others are written as before', async () => {
  const { Connection } = require('mongodb/lib/cmap/connection') as {
    Connection: { prototype: { writeCommand(command: unknown, options: unknown): Promise<void> } };
  };
  failOnGoneSockets();
  const written: Uint8Array[] = [];
  const socket = { destroyed: false, write: (bytes: Uint8Array) => written.push(bytes) > 0 };
  const command = { toBin: () => Promise.resolve([Buffer.from('is'), Buffer.from('master')]) };
  await Connection.prototype.writeCommand.call({ socket }, command, { agreedCompressor: 'none' });
  expect(written.map((bytes) => Buffer.from(bytes).toString())).toEqual(['ismaster']);
});
