import { isDeepStrictEqual } from 'node:util';
import type { Context } from 'koa';
import { z } from 'zod';
import { parseTaskId } from '../../engine/index.ts';
import { ISSUE_WORDS } from '../../processes/issue-words.ts';
import type { House } from '../house.ts';
import { authenticate } from './authenticate.ts';
import { parseJson, readBody } from './body.ts';
import { caseOfAddress, caseOfAnswer } from './case-of.ts';
import { HttpProblem, type ProblemLine } from './http-problem.ts';
import { NO_RECEIPTS, onceForKey, type Receipts } from './idempotency.ts';
import type { Stopping } from '../operations/stopping.ts';
import { languageOf } from './language.ts';
import { holds } from './permit.ts';
import { problemStatuses, type AnyReply, type RawResponse, type Route, type UploadedFile } from './route.ts';
import { readUpload } from './upload.ts';
import { problemOf } from './problems.ts';
import { sentenceOf } from './sentences/index.ts';

const JSON_BYTES = 1_000_000;

/**
 * Runs one declared route: who asks, may they, is the input right, the handler, is the answer as declared. The order is
 * the security policy: a stranger learns nothing about validation, and nobody without the permission about the data.
 */
export async function runRoute(ctx: Context, route: Route, house: House): Promise<void> {
  const language = languageOf(ctx.get('accept-language'));
  ctx.state.caseId = caseOfAddress(route, ctx.params);
  const viewer = await authenticate(ctx, house);
  ctx.state.personId = viewer?.id;
  if (!holds(viewer, route.permission)) {
    if (!viewer) throw new HttpProblem(401, 'request.not_signed_in');
    throw new HttpProblem(403, 'request.forbidden', { details: { permission: route.permission } });
  }
  refuseUnacceptable(ctx, route);
  const files = route.upload ? await readUpload(ctx, route.upload) : [];
  const raw = route.body ? await readJson(ctx, route.bodyBytes ?? JSON_BYTES) : undefined;
  const input = validate(route, { params: ctx.params as unknown, query: ctx.query, body: raw }, language);

  const leaving = () => signalOf(ctx, house.stopping);
  const lastEventId = ctx.get('last-event-id') || undefined;
  const run = async (receipts: Receipts) =>
    route.handler({ ...input, files, viewer, language, receipts, client: ctx.ip, lastEventId, leaving }, house);
  const key = ctx.get('idempotency-key');
  const keyed = key && viewer && route.method === 'post' && route.permission !== 'anyone';
  const inCommit = route.onOneCase === true || route.answersInCommit === true;
  const ofCase = route.onOneCase === true ? parseTaskId(ctx.params.id as string)?.caseId : undefined;
  const reply = keyed
    ? await onceForKey(
        house.store,
        () => house.engine.now(),
        { key, personId: viewer.id, method: ctx.method, path: ctx.path, body: raw, files, ofCase, inCommit },
        run,
      )
    : await run(NO_RECEIPTS);
  ctx.state.caseId ??= caseOfAnswer(route, reply.body);
  send(ctx, route, reply, house);
}

/** A route answers what it declared: refusals outside the declaration are faults of the route, found in tests. */
export function refuseUndeclared(error: unknown, route: Route): void {
  const { problem } = problemOf(error, { id: '', language: 'en', presentDetails: () => ({}) });
  if (problem.status < 500 && !problemStatuses(route).includes(problem.status))
    throw new Error(`${route.operationId} refused with ${problem.status} ${problem.code}, which it does not declare`, {
      cause: error,
    });
}

/** Aborted when the client goes away or the node ends. Made only for those who wait for it. */
function signalOf(ctx: Context, stopping: Stopping): AbortSignal {
  const left = new AbortController();
  const forget = stopping.whenBegun(() => left.abort());
  ctx.res.once('close', () => {
    forget();
    left.abort();
  });
  return left.signal;
}

function refuseUnacceptable(ctx: Context, route: Route): void {
  const accept = ctx.get('accept');
  if (accept === '' || accept === '*/*') return;
  const available = Object.values(route.responses)
    .filter((response) => response !== null)
    .map((response) => (isRaw(response) ? response.content : 'application/json'));
  if (available.length > 0 && !ctx.accepts(...available))
    throw new HttpProblem(406, 'request.not_acceptable', {
      details: { available: [...new Set(available)].join(', ') },
    });
}

async function readJson(ctx: Context, limit: number): Promise<unknown> {
  if (ctx.get('content-encoding')) throw new HttpProblem(415, 'request.content_encoding');
  if (!ctx.is('json', '+json'))
    throw new HttpProblem(415, 'request.content_type', { details: { expected: 'application/json' } });
  return parseJson(await readBody(ctx.req, limit));
}

type Input = { params: unknown; query: unknown; body: unknown };

function validate(route: Route, given: Input, language: 'zh' | 'en'): Input {
  const lines: ProblemLine[] = [];
  const check = (part: keyof Input) => {
    const schema = route[part];
    if (!schema) return {};
    const result = schema.safeParse(given[part], { error: ISSUE_WORDS[language] });
    if (result.success) return result.data;
    for (const issue of result.error.issues)
      lines.push({
        pointer: `/${[part, ...issue.path].map(escapePointer).join('/')}`,
        ...lineOf(issue, language),
      });
    return undefined;
  };
  const input = { params: check('params'), query: check('query'), body: check('body') };
  if (lines.length > 0) throw new HttpProblem(422, 'request.invalid', { errors: lines });
  return input;
}

/** A rule of our own has sentences under its code; the others speak for themselves. */
function lineOf(issue: z.core.$ZodIssue, language: 'zh' | 'en'): Pick<ProblemLine, 'detail' | 'code'> {
  const own: unknown = issue.code === 'custom' ? issue.params?.code : undefined;
  if (typeof own === 'string') return { detail: sentenceOf(own, {}, language), code: own };
  return { detail: issue.message, code: issue.code };
}

function escapePointer(key: PropertyKey): string {
  return String(key).replaceAll('~', '~0').replaceAll('/', '~1');
}

function send(ctx: Context, route: Route, reply: AnyReply, house: House): void {
  const response = route.responses[reply.status];
  if (response === undefined)
    throw new Error(`${route.operationId} answered ${reply.status}, which it does not declare`);
  ctx.status = reply.status;
  if (reply.headers) ctx.set(reply.headers);
  if (response === null) {
    ctx.body = null;
    ctx.status = reply.status;
  } else if (isRaw(response)) {
    ctx.type = response.content.startsWith('text/') ? `${response.content}; charset=utf-8` : response.content;
    if (reply.headers?.['Content-Type']) ctx.type = reply.headers['Content-Type'];
    ctx.body = reply.body;
  } else {
    const parsed = response.safeParse(reply.body);
    if (!parsed.success)
      throw new Error(`${route.operationId} answered what it does not declare: ${z.prettifyError(parsed.error)}`);
    if (house.config.strict) refuseExtra(route, reply.body, parsed.data);
    ctx.type = 'application/json; charset=utf-8';
    ctx.set('Cache-Control', 'no-store');
    ctx.body = JSON.stringify(parsed.data);
  }
}

/** Parsing strips what the schema does not name; in development that is an error to hear about. */
function refuseExtra(route: Route, body: unknown, parsed: unknown): void {
  const plain = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;
  if (!isDeepStrictEqual(plain(body), plain(parsed)))
    throw new Error(`${route.operationId} answered fields it does not declare`);
}

function isRaw(response: z.ZodType | RawResponse): response is RawResponse {
  return 'content' in response && typeof response.content === 'string';
}

export type { UploadedFile };
