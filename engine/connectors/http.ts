import { isRejection, Rejection } from '../kernel/rejection.ts';
import type { JsonValue } from '../kernel/json.ts';
import type { HttpRequest } from './port.ts';

export interface HttpConnectorOptions {
  /** `host` or `host:port`, exactly; nothing else is called. */
  readonly allowedHosts: readonly string[];
  readonly timeoutMs?: number;
  readonly maxBytes?: number;
}

/**
 * Calls an allow-listed HTTP service: no redirects, at most `timeoutMs` (8 s, less than a job's lease) and `maxBytes` (1 MB) of answer.
 * `connector.host_not_allowed`, `connector.bad_status`, `connector.too_large`, `connector.unreachable`
 */
export function httpConnector({ allowedHosts, timeoutMs = 8_000, maxBytes = 1_000_000 }: HttpConnectorOptions) {
  const allowed = new Set(allowedHosts);
  return async ({ method, url, body, idempotencyKey, headers = {} }: HttpRequest): Promise<JsonValue> => {
    const target = allowedUrl(url, allowed);
    const hasBody = body !== undefined && method !== 'GET' && method !== 'HEAD';
    const { response, text } = await orUnreachable(target, timeoutMs, async () => {
      const response = await fetch(target, {
        method,
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
        headers: {
          ...headers,
          accept: 'application/json',
          'idempotency-key': idempotencyKey,
          ...(hasBody && { 'content-type': 'application/json' }),
        },
        ...(hasBody && { body: JSON.stringify(body) }),
      });
      return { response, text: await readBounded(response, maxBytes) };
    });
    if (!response.ok) {
      throw new Rejection(
        'unavailable',
        'connector.bad_status',
        `Expected ${target.host} to succeed, but it answered ${response.status}${text.trim() && `: ${text.slice(0, 200)}`}`,
      );
    }
    return parse(text, response.headers.get('content-type'));
  };
}

function allowedUrl(text: string, allowed: ReadonlySet<string>): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:') || url.username || !allowed.has(url.host)) {
    throw new Rejection(
      'forbidden',
      'connector.host_not_allowed',
      `Expected a host on the allow-list, but got '${text.slice(0, 200)}'`,
      { url: text.slice(0, 200) },
    );
  }
  return url;
}

async function readBounded(response: Response, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += (chunk as Uint8Array).byteLength;
    if (size > maxBytes)
      throw new Rejection(
        'too-large',
        'connector.too_large',
        `Expected at most ${maxBytes} bytes, but the answer is larger`,
      );
    chunks.push(chunk as Uint8Array);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parse(text: string, type: string | null): JsonValue {
  if (text === '') return null;
  if (!type?.includes('json')) return text;
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    throw new Rejection('unavailable', 'connector.bad_answer', 'Expected JSON as the answer declares, but it is none');
  }
}

/** The time limit covers the answer's body as well as its beginning. */
async function orUnreachable<T>(target: URL, timeoutMs: number, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (isRejection(error)) throw error;
    const { name, cause } = error as { name?: unknown; cause?: { message?: unknown; code?: unknown } };
    // several addresses that refuse have a code and no message
    const failure = String(cause?.message || cause?.code || error).slice(0, 200);
    const why = name === 'TimeoutError' ? `none came within ${timeoutMs} ms` : failure;
    throw new Rejection('unavailable', 'connector.unreachable', `Expected an answer of ${target.host}, but ${why}`);
  }
}
