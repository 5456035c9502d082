import { afterEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { openFaultProxy, type Rule } from './fault-proxy.ts';
import { commandOf, opMsg, wireReader, type WireCommand } from './mongo-wire.ts';
import { answer, answerAfter, CUT_AFTER, CUT_BEFORE, hold, NOT_PRIMARY, STEPPED_DOWN } from './mishaps.ts';

const closing: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** A server that answers every command with what it was asked, and knows what it has done. */
async function echo() {
  const done: WireCommand[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    const read = wireReader();
    sockets.add(socket);
    socket
      .on('error', () => undefined)
      .on('data', (chunk) => {
        for (const message of read(chunk)) {
          const command = commandOf(message)!;
          done.push(command);
          socket.write(opMsg({ ok: 1, did: command.name }, { requestId: 7, responseTo: message.requestId }));
        }
      });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { done, port: (server.address() as AddressInfo).port };
}

/** Sends commands over one connection; each promise is its answer, or what became of the connection. */
async function client(port: number) {
  const socket = connect(port, '127.0.0.1');
  const read = wireReader();
  const waiting = new Map<number, (answer: unknown) => void>();
  let requests = 0;
  socket
    .on('error', () => undefined)
    .on('data', (chunk) => {
      for (const message of read(chunk)) waiting.get(message.responseTo)?.(commandOf(message)!.body);
    })
    .on('close', () => waiting.forEach((tell) => tell('the connection was closed')));
  await once(socket, 'connect');
  closing.push(() => void socket.destroy());
  return {
    socket,
    send(document: object, inPieces = false): Promise<unknown> {
      const requestId = ++requests;
      const bytes = opMsg(document, { requestId, responseTo: 0 });
      const answered = new Promise((done) => waiting.set(requestId, done));
      if (inPieces) for (const byte of bytes) socket.write(Buffer.of(byte));
      else socket.write(bytes);
      return answered;
    },
  };
}

async function between(rule?: Rule) {
  const server = await echo();
  const proxy = await openFaultProxy({ host: '127.0.0.1', port: server.port });
  closing.push(() => proxy.close());
  proxy.rule(rule);
  return { server, proxy, client: () => client(proxy.port), beside: () => client(server.port) };
}

const only =
  (name: string, mishap: ReturnType<Rule>): Rule =>
  (command) =>
    command.name === name ? mishap : undefined;

describe('the proxy in front of MongoDB', () => {
  it('passes what is asked and answered, however the bytes come', async () => {
    const { server, client } = await between();
    const driver = await client();
    expect(await driver.send({ find: 'tasks', filter: { a: 1 } })).toEqual({ ok: 1, did: 'find' });
    expect(await driver.send({ insert: 'cases' }, true)).toEqual({ ok: 1, did: 'insert' });
    const both = [driver.send({ find: 'a' }), driver.send({ update: 'b' })];
    expect(await Promise.all(both)).toMatchObject([{ did: 'find' }, { did: 'update' }]);
    expect(server.done.map(({ name, collection }) => `${name} ${collection}`)).toEqual([
      'find tasks',
      'insert cases',
      'find a',
      'update b',
    ]);
  });

  it('reads a command whose documents stand beside it', () => {
    const command = opMsg({ insert: 'cases', $db: 'onevisit' }, { requestId: 1, responseTo: 0 });
    const beside = Buffer.concat([Buffer.from([1, 14, 0, 0, 0]), Buffer.from('documents\0')]);
    const bytes = Buffer.concat([command.subarray(0, 20), beside, command.subarray(20)]);
    bytes.writeInt32LE(bytes.length, 0);
    const [message] = wireReader()(bytes);
    expect(commandOf(message!)).toMatchObject({ name: 'insert', collection: 'cases', body: { $db: 'onevisit' } });
  });

  it('cuts the connection before the server hears of a command', async () => {
    const { server, proxy, client } = await between(only('insert', CUT_BEFORE));
    const driver = await client();
    expect(await driver.send({ find: 'tasks' })).toMatchObject({ did: 'find' });
    expect(await driver.send({ insert: 'tasks' })).toBe('the connection was closed');
    expect(server.done.map(({ name }) => name)).toEqual(['find']);
    expect(proxy.happened['cut-before']).toBe(1);
    expect(await (await client()).send({ find: 'tasks' })).toMatchObject({ did: 'find' });
  });

  it('cuts the connection after the server has done a command, before the answer', async () => {
    const { server, client } = await between(only('insert', CUT_AFTER));
    expect(await (await client()).send({ insert: 'tasks' })).toBe('the connection was closed');
    expect(server.done.map(({ name }) => name)).toEqual(['insert']);
  });

  it('holds an answer, and no other', async () => {
    const { server, client } = await between(only('insert', hold(40)));
    const driver = await client();
    const told: string[] = [];
    const held = driver.send({ insert: 'tasks' }).then(() => told.push('insert'));
    await driver.send({ find: 'tasks' }).then(() => told.push('find'));
    await held;
    expect(told).toEqual(['find', 'insert']);
    expect(server.done.map(({ name }) => name)).toEqual(['insert', 'find']);
  });

  it('lets a command arrive late, when the client has gone', async () => {
    let goOn!: () => void;
    let done!: () => void;
    const until = new Promise<void>((go) => (goOn = go));
    const arrived = new Promise<void>((tell) => (done = tell));
    const { server, client } = await between(only('insert', { kind: 'late', until, done }));
    const driver = await client();
    await driver.send({ find: 'tasks' });
    const lost = driver.send({ insert: 'tasks' });
    await (await client()).send({ update: 'tasks' });
    expect(server.done.map(({ name }) => name)).toEqual(['find', 'update']);
    driver.socket.destroy();
    expect(await lost).toBe('the connection was closed');
    goOn();
    await arrived;
    expect(server.done.map(({ name }) => name)).toEqual(['find', 'update', 'insert']);
  });

  it('answers as a member that steps down, before or after the write', async () => {
    const { server, client } = await between(({ name }) =>
      name === 'insert' ? answer(NOT_PRIMARY) : answerAfter(STEPPED_DOWN),
    );
    const driver = await client();
    expect(await driver.send({ insert: 'tasks' })).toMatchObject({ ok: 0, code: 10107 });
    expect(await driver.send({ update: 'tasks' })).toMatchObject({ code: 11602, errorLabels: ['RetryableWriteError'] });
    expect(server.done.map(({ name }) => name)).toEqual(['update']);
  });

  it('leaves alone what drivers ask to look after their connections', async () => {
    const { client } = await between(() => CUT_BEFORE);
    const driver = await client();
    expect(await driver.send({ hello: 1 })).toMatchObject({ did: 'hello' });
    expect(await driver.send({ ping: 1 })).toMatchObject({ did: 'ping' });
    expect(await driver.send({ find: 'tasks' })).toBe('the connection was closed');
  });

  it('refuses connections until it is mended', async () => {
    const { proxy, client } = await between();
    const driver = await client();
    await driver.send({ find: 'tasks' });
    const broken = once(driver.socket, 'close');
    proxy.refuse();
    await broken;
    expect(await (await client()).send({ find: 'tasks' })).toBe('the connection was closed');
    proxy.mend();
    expect(await (await client()).send({ find: 'tasks' })).toMatchObject({ did: 'find' });
  });

  it('lets nothing arrive while the cable is out, and all of it afterwards', async () => {
    const { server, proxy, client, beside } = await between();
    const driver = await client();
    await driver.send({ find: 'tasks' });
    proxy.silence();
    const told: unknown[] = [];
    const late = driver.send({ insert: 'tasks' }).finally(() => told.push('late'));
    const fresh = await client();
    const first = fresh.send({ update: 'tasks' }).finally(() => told.push('first'));
    await (await beside()).send({ find: 'cases' });
    expect(told).toEqual([]);
    expect(server.done.map(({ name, collection }) => `${name} ${collection}`)).toEqual(['find tasks', 'find cases']);
    proxy.mend();
    expect(await Promise.all([late, first])).toMatchObject([{ did: 'insert' }, { did: 'update' }]);
  });

  it('does not keep who speaks another language', async () => {
    const { client } = await between();
    const driver = await client();
    driver.socket.write('GET / HTTP/1.1\r\nhost: onevisit\r\n\r\n');
    await once(driver.socket, 'close');
  });
});
