import { expect, it } from '@jest/globals';
import { createRequire } from 'node:module';
import { Socket } from 'node:net';
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
