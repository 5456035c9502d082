import type { IncomingMessage } from 'node:http';
import { HttpProblem } from './http-problem.ts';

const MAX_DEPTH = 64;
/** A name that reaches the prototype where a careless merge meets it; no form and no message needs it. */
const UNSAFE_NAMES = new Set(['__proto__']);
/** What is read and thrown away of an oversize body, so that the client gets to read the refusal. */
const DRAIN_BYTES = 64_000_000;

/** The whole body. 413 `request.too_large` beyond `limit` bytes; 400 `request.cut_off` when the client left halfway. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  await new Promise<void>((resolve, reject) => {
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else chunks.length = 0;
      if (size > limit + DRAIN_BYTES) resolve();
    });
    request.once('end', resolve).once('error', reject).once('close', resolve);
  });
  if (size > limit)
    throw new HttpProblem(413, 'request.too_large', { details: { limit }, headers: { Connection: 'close' } });
  if (!request.complete) throw new HttpProblem(400, 'request.cut_off');
  return Buffer.concat(chunks);
}

/** A JSON body: 400 when it is not JSON, deeper than 64 levels, or has a name that reaches a prototype. */
export function parseJson(bytes: Buffer): unknown {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new HttpProblem(400, 'request.not_json');
  }
  refuseUnsafe(value);
  return value;
}

/** Walks without recursion: the input chooses the depth. */
function refuseUnsafe(value: unknown): void {
  const open: { value: unknown; depth: number }[] = [{ value, depth: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    if (typeof next.value !== 'object' || next.value === null) continue;
    if (next.depth >= MAX_DEPTH) throw new HttpProblem(400, 'request.too_deep', { details: { limit: MAX_DEPTH } });
    for (const [name, inner] of Object.entries(next.value)) {
      if (UNSAFE_NAMES.has(name)) throw new HttpProblem(400, 'request.unsafe_name', { details: { name } });
      open.push({ value: inner, depth: next.depth + 1 });
    }
  }
}
