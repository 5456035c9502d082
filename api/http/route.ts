import type { Readable } from 'node:stream';
import type { z } from 'zod';
import type { House } from '../house.ts';
import type { Language } from './language.ts';
import type { Permission } from './permit.ts';
import type { Receipts } from './idempotency.ts';
import type { Person } from '../../processes/directory/index.ts';

export type Method = 'get' | 'post' | 'put' | 'delete';

/** A body that is not JSON: a file answer, a page, an event stream. */
export interface RawResponse {
  readonly content: string;
  readonly description: string;
}

/** By status: a zod schema for JSON, a raw content type, or null for no body. */
export type Responses = Readonly<Record<number, z.ZodType | RawResponse | null>>;

/** What may be uploaded: the file as the whole body, or as a part of a multipart form. Sizes in bytes. */
export interface UploadSpec {
  readonly raw?: readonly string[];
  /** Multipart field -> most files. The first one is required. */
  readonly fields: Readonly<Record<string, number>>;
  readonly maxBytes: number;
}

export interface UploadedFile {
  readonly field: string;
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
}

/** What a handler gets: checked input, who asks, and the way to keep the answer for an Idempotency-Key. */
export interface RouteRequest<P, Q, B, Who> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly files: readonly UploadedFile[];
  readonly viewer: Who;
  readonly language: Language;
  readonly receipts: Receipts;
  /** Address of the client, for limits. */
  readonly client: string;
  /** What the client of a stream had last: its Last-Event-ID; undefined on a first visit. */
  readonly lastEventId: string | undefined;
  /** Aborted when the client goes away or the node ends; ask once. */
  readonly leaving: () => AbortSignal;
}

type BodyOf<R> = R extends z.ZodType ? z.input<R> : R extends RawResponse ? string | Buffer | Readable : undefined;

/** An answer with one of the declared statuses and the body that belongs to it. */
export type Reply<R extends Responses> = {
  [Status in keyof R & number]: { status: Status; body: BodyOf<R[Status]>; headers?: Record<string, string> };
}[keyof R & number];

type Output<S> = S extends z.ZodType ? z.output<S> : Record<string, never>;
type Viewer<Who> = Who extends 'anyone' ? Person | null : Person;

export interface RouteDeclaration<
  Who extends Permission,
  P extends z.ZodObject | undefined,
  Q extends z.ZodObject | undefined,
  B extends z.ZodType | undefined,
  R extends Responses,
> {
  readonly method: Method;
  /** Below /api, with :params. */
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  /** Who may ask at all. There is no default: saying `anyone` is a decision. */
  readonly permission: Who;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  /** Largest body; 1 MB when absent. Small where strangers may ask. */
  readonly bodyBytes?: number;
  readonly upload?: UploadSpec;
  /** Not there at all in production. */
  readonly demoOnly?: true;
  readonly responses: R;
  /**
   * Its address names what one case has, and its command keeps the answer of an Idempotency-Key in its own commit: there the
   * key belongs to the address, and the commit finds out whether it has an answer.
   */
  readonly onOneCase?: true;
  /** The command that it always ends with keeps the answer in its own commit, which finds out as well; the key is the person's. */
  readonly answersInCommit?: true;
  /** Statuses of refusals beyond those every route of its shape can give (see `problemStatuses`). */
  readonly problems?: readonly number[];
  readonly handler: (
    request: RouteRequest<Output<P>, Output<Q>, Output<B>, Viewer<Who>>,
    house: House,
  ) => Promise<Reply<R>> | Reply<R>;
}

/** A route whose types were checked where it was declared. */
export interface Route {
  readonly method: Method;
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly permission: Permission;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly bodyBytes?: number;
  readonly upload?: UploadSpec;
  readonly demoOnly?: true;
  readonly responses: Responses;
  readonly onOneCase?: true;
  readonly answersInCommit?: true;
  readonly problems?: readonly number[];
  readonly handler: (
    request: RouteRequest<unknown, unknown, unknown, Person | null>,
    house: House,
  ) => Promise<AnyReply> | AnyReply;
}

export interface AnyReply {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

/**
 * Declares a route: the one place that says where it is, who may use it, what goes in and what comes out. The same
 * declaration validates both ways, documents (OpenAPI) and types the client.
 */
export function route<
  Who extends Permission,
  P extends z.ZodObject | undefined = undefined,
  Q extends z.ZodObject | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
  R extends Responses = Responses,
>(declaration: RouteDeclaration<Who, P, Q, B, R>): Route {
  return declaration as unknown as Route;
}

/** Every refusal this route can answer with, as the document declares it. */
export function problemStatuses(route: Route): number[] {
  const statuses = new Set<number>([401, 406, 500, 503, ...(route.problems ?? [])]);
  if (route.permission !== 'anyone' && route.permission !== 'signed-in') statuses.add(403);
  if (route.params || route.query) statuses.add(422);
  if (route.method !== 'get') statuses.add(403); // a cookie from another site
  if (route.method === 'post') for (const status of [400, 409, 422]) statuses.add(status); // also: Idempotency-Key
  if (route.body || route.upload) for (const status of [400, 413, 415, 422]) statuses.add(status);
  return [...statuses].sort();
}
