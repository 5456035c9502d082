import mongoose from 'mongoose';

const { BSON } = mongoose.mongo;

/**
 * The part of MongoDB's wire protocol that drivers speak today: messages with a header of 16 bytes (length, requestID,
 * responseTo, opCode) and, in OP_MSG, the command as BSON.
 */

const OP_MSG = 2013;
const HEADER = 16;
/** No message is longer: 48 MB. */
const LONGEST = 48_000_000;

export interface WireMessage {
  readonly requestId: number;
  /** Of an answer: the request that it belongs to. */
  readonly responseTo: number;
  readonly opCode: number;
  /** All of it, header too. */
  readonly bytes: Buffer;
}

/** What a client asks for: `{ find: 'tasks', filter: … }` is named find, of the collection tasks. */
export interface WireCommand {
  readonly name: string;
  readonly collection: string | undefined;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Collects bytes as they come; answers each message that is whole. Bytes that are no message: throws. */
export function wireReader(): (chunk: Buffer) => WireMessage[] {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const messages: WireMessage[] = [];
    while (rest.length >= HEADER) {
      const length = rest.readInt32LE(0);
      if (length < HEADER || length > LONGEST) throw new Error(`no message of MongoDB has ${length} bytes`);
      if (rest.length < length) break;
      messages.push(messageOf(rest.subarray(0, length)));
      rest = rest.subarray(length);
    }
    return messages;
  };
}

function messageOf(bytes: Buffer): WireMessage {
  return {
    requestId: bytes.readInt32LE(4),
    responseTo: bytes.readInt32LE(8),
    opCode: bytes.readInt32LE(12),
    bytes,
  };
}

/** Undefined for what is no OP_MSG: the handshake of older kind. Documents beside the command (kind 1) are not read. */
export function commandOf({ opCode, bytes }: WireMessage): WireCommand | undefined {
  if (opCode !== OP_MSG) return undefined;
  for (let at = HEADER + 4; at < bytes.length;) {
    const kind = bytes[at]!;
    const length = bytes.readInt32LE(at + 1);
    if (kind === 0) {
      const body = BSON.deserialize(bytes.subarray(at + 1, at + 1 + length)) as Record<string, unknown>;
      const name = Object.keys(body)[0] ?? '';
      const named = body[name];
      return { name, collection: typeof named === 'string' ? named : undefined, body };
    }
    if (kind !== 1) return undefined;
    at += 1 + length;
  }
  return undefined;
}

/** A message with this document: a command, or the answer to one. */
export function opMsg(document: object, { requestId, responseTo }: { requestId: number; responseTo: number }): Buffer {
  const body = BSON.serialize(document);
  const head = Buffer.alloc(HEADER + 5); // and flagBits, and one section of kind 0
  head.writeInt32LE(head.length + body.length, 0);
  head.writeInt32LE(requestId, 4);
  head.writeInt32LE(responseTo, 8);
  head.writeInt32LE(OP_MSG, 12);
  return Buffer.concat([head, body]);
}
