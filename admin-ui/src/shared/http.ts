import { ref } from 'vue';
import { operations, type Operations } from '../../../api/contract/client.ts';
import type { ProblemBody } from './contract.ts';
import { currentLocale } from './locale.ts';

/** The server refused; `body` is its RFC 9457 problem document. */
export class Problem extends Error {
  readonly status: number;
  readonly body: ProblemBody;

  constructor(status: number, body: ProblemBody) {
    super(body.title ?? `HTTP ${status}`);
    this.status = status;
    this.body = body;
  }

  get code(): string {
    return this.body.code ?? '';
  }
}

/** The request never reached the server, or the answer never came back. */
export class Unreachable extends Error {}

/** True while the last request got no answer: the banner shows it. */
export const networkDown = ref(false);

type OperationId = keyof Operations;

interface Input<K extends OperationId> {
  params?: Operations[K]['params'];
  query?: Operations[K]['query'];
  /** The body: JSON, or a form or file as it is. */
  body?: Operations[K]['body'];
  contentType?: string;
  /** The same key makes the server give the first answer again, so a retry never acts twice. */
  idempotencyKey?: string;
}

let onUnauthorized = (): void => {};

/** What to do when a session has ended: the shell goes to the sign-in page. */
export function whenUnauthorized(action: () => void): void {
  onUnauthorized = action;
}

/** Calls one operation of the contract. Rejects with `Problem` when it is refused, with `Unreachable` without an answer. */
export async function call<K extends OperationId>(id: K, input: Input<K> = {}): Promise<Operations[K]['response']> {
  const { method, path } = operations[id];
  const { body, contentType } = encode(input.body);
  const headers = new Headers({
    Accept: 'application/json, application/problem+json, application/xml;q=0.9',
    'Accept-Language': currentLocale() === 'zh' ? 'zh-CN' : 'en',
  });
  const type = input.contentType ?? contentType;
  if (type) headers.set('Content-Type', type);
  if (input.idempotencyKey) headers.set('Idempotency-Key', input.idempotencyKey);

  let response: Response;
  try {
    const url = fillPath(path, input.params ?? {}) + queryString(input.query ?? {});
    response = await fetch(url, { method, headers, body, credentials: 'same-origin' });
  } catch (error) {
    networkDown.value = true;
    throw new Unreachable(String(error));
  }
  networkDown.value = false;
  if (response.ok) return (await readBody(response)) as Operations[K]['response'];

  const problem = new Problem(response.status, await readProblem(response));
  if (response.status === 401) onUnauthorized();
  throw problem;
}

/** A key for one user action. `crypto.randomUUID` is missing on plain-HTTP intranet addresses, random values are not. */
export function newActionKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function encode(body: unknown): { body?: BodyInit; contentType?: string } {
  if (body === undefined) return {};
  if (body instanceof FormData) return { body };
  if (body instanceof Blob) return { body, contentType: 'application/octet-stream' };
  return { body: JSON.stringify(body), contentType: 'application/json' };
}

function fillPath(path: string, params: object): string {
  const values = new Map<string, unknown>(Object.entries(params));
  return path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values.get(name))));
}

function queryString(query: object): string {
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '');
  const text = new URLSearchParams(pairs.map(([key, value]) => [key, String(value)])).toString();
  return text ? `?${text}` : '';
}

async function readBody(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined;
  const type = response.headers.get('content-type') ?? '';
  return type.includes('json') ? response.json() : response.text();
}

async function readProblem(response: Response): Promise<ProblemBody> {
  try {
    const body: unknown = await response.json();
    return body && typeof body === 'object' ? (body as ProblemBody) : {};
  } catch {
    return {};
  }
}
