import { createConnection, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { commandOf, opMsg, wireReader, type WireCommand, type WireMessage } from './mongo-wire.ts';

/** What may happen to a command on its way. */
export type Mishap =
  /** The connection breaks before the server has heard of it. */
  | { readonly kind: 'cut-before' }
  /** The server does it; the connection breaks before the answer is there. */
  | { readonly kind: 'cut-after' }
  /** The server does it; the answer comes so many ms later. */
  | { readonly kind: 'hold'; readonly ms: number }
  /** The server hears of it only then, though the client may have gone; `done` when it has answered. */
  | { readonly kind: 'late'; readonly until: Promise<void>; readonly done: () => void }
  /** The server does not hear of it; this document is the answer. */
  | { readonly kind: 'answer'; readonly document: object }
  /** The server does it; this document is the answer instead. */
  | { readonly kind: 'answer-after'; readonly document: object };

/** Asked for each command but those by which drivers look after their connections. Undefined: nothing happens. */
export type Rule = (command: WireCommand) => Mishap | undefined;

export interface FaultProxy {
  readonly port: number;
  /** From now on; undefined: nothing happens any more. */
  rule(rule: Rule | undefined): void;
  /** How often each kind of mishap has happened. */
  readonly happened: Readonly<Record<Mishap['kind'], number>>;
  /** Breaks every connection, and new ones as they come, until `mend`. */
  refuse(): void;
  /** The cable is out: nothing arrives on either side, and nobody is told, until `mend`. Then what was under way arrives. */
  silence(): void;
  mend(): void;
  close(): Promise<void>;
}

/** Drivers ask these by themselves. */
const CARE = new Set(['hello', 'ismaster', 'isMaster', 'ping', 'buildInfo', 'endSessions', 'killCursors']);

/** Stands between one client and a MongoDB server, and does to what passes what it is told. */
export async function openFaultProxy(target: { host: string; port: number }): Promise<FaultProxy> {
  const pairs = new Set<Pair>();
  const happened = { 'cut-before': 0, 'cut-after': 0, hold: 0, late: 0, answer: 0, 'answer-after': 0 };
  let rule: Rule | undefined;
  let state: 'through' | 'refusing' | 'silent' = 'through';

  const server = createServer((client) => {
    if (state === 'refusing') return client.destroy();
    const pair = connectPair(client, createConnection(target), (message) => {
      const command = rule && commandOf(message);
      const mishap = command && !CARE.has(command.name) ? rule!(command) : undefined;
      if (mishap) happened[mishap.kind]++;
      return mishap;
    });
    pairs.add(pair);
    void pair.ended.then(() => pairs.delete(pair));
    if (state === 'silent') pair.pause();
  });
  await listening(server);
  return {
    port: (server.address() as AddressInfo).port,
    happened,
    rule: (next) => (rule = next),
    refuse() {
      state = 'refusing';
      for (const pair of pairs) pair.destroy();
    },
    silence() {
      state = 'silent';
      for (const pair of pairs) pair.pause();
    },
    mend() {
      state = 'through';
      for (const pair of pairs) pair.resume();
    },
    async close() {
      for (const pair of pairs) pair.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}

interface Pair {
  pause(): void;
  resume(): void;
  destroy(): void;
  readonly ended: Promise<void>;
}

function connectPair(client: Socket, server: Socket, judge: (message: WireMessage) => Mishap | undefined): Pair {
  const readClient = wireReader();
  const readServer = wireReader();
  /** What becomes of answers, by the request they belong to. */
  const later = new Map<number, Mishap>();
  let paused = false;
  let destroyed = false;
  let waiting: (() => void)[] = [];

  /** Requests that the server has yet to hear of or to answer. */
  let late = 0;

  const destroy = () => {
    destroyed = true;
    client.destroy();
    if (late === 0) server.destroy();
  };
  /** Writes now, or when the connection is let through again. */
  const deliver = (to: Socket, bytes: Buffer) => {
    if (paused) waiting.push(() => to.write(bytes));
    else if (!destroyed) to.write(bytes);
  };

  const fromClient = (message: WireMessage) => {
    const mishap = judge(message);
    if (mishap?.kind === 'cut-before') return destroy();
    if (mishap?.kind === 'answer')
      return deliver(client, opMsg(mishap.document, { requestId: 0, responseTo: message.requestId }));
    if (mishap) later.set(message.requestId, mishap);
    if (mishap?.kind === 'late') {
      late++;
      return void mishap.until.then(() => server.write(message.bytes));
    }
    deliver(server, message.bytes);
  };
  const fromServer = (message: WireMessage) => {
    const mishap = later.get(message.responseTo);
    later.delete(message.responseTo);
    if (mishap?.kind === 'late') {
      late--;
      mishap.done();
    }
    if (destroyed || mishap?.kind === 'cut-after') return destroy();
    if (mishap?.kind === 'hold') return void setTimeout(() => deliver(client, message.bytes), mishap.ms).unref();
    if (mishap?.kind === 'answer-after')
      return deliver(client, opMsg(mishap.document, { requestId: 0, responseTo: message.responseTo }));
    deliver(client, message.bytes);
  };
  const listen = (from: Socket, read: (chunk: Buffer) => WireMessage[], pass: (message: WireMessage) => void) =>
    from.on('data', (chunk: Buffer) => {
      try {
        for (const message of read(chunk)) if (!destroyed || late > 0) pass(message);
      } catch {
        destroy(); // what speaks another language is not kept
      }
    });

  for (const socket of [client, server]) socket.setNoDelay(true).on('error', destroy).on('close', destroy);
  listen(client, readClient, fromClient);
  listen(server, readServer, fromServer);
  return {
    pause() {
      paused = true;
      client.pause();
      server.pause();
    },
    resume() {
      paused = false;
      for (const write of waiting) if (!destroyed) write();
      waiting = [];
      client.resume();
      server.resume();
    },
    destroy,
    ended: new Promise((done) => client.once('close', () => done())),
  };
}

async function listening(server: Server): Promise<void> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
}
