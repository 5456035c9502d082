import multer from 'multer';
import type { Context, Middleware } from 'koa';
import type { Logger } from 'pino';
import { isStoreTrouble, Rejection, type RejectionKind } from '../../engine/kernel/rejection.ts';
import type { Problem } from '../routes/vocabulary.ts';
import { caseOfRefusal } from './case-of.ts';
import { HttpProblem, type ProblemLine } from './http-problem.ts';
import { languageOf, type Language } from './language.ts';
import { sentenceOf } from './sentences/index.ts';

const STATUS: Record<RejectionKind, number> = {
  invalid: 422,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'too-large': 413,
  unavailable: 503,
};

/** Turns what a refusal carries (ids, ms) into what people and clients read (names, ISO instants). */
export type PresentDetails = (details: Readonly<Record<string, unknown>>) => Record<string, unknown>;

/** Any error as status and problem document. What is neither Rejection nor HttpProblem is a bug: 500 without internals. */
export function problemOf(
  error: unknown,
  request: { id: string; language: Language; presentDetails: PresentDetails },
): { problem: Problem; headers: Readonly<Record<string, string>> } {
  const known = knownProblem(error);
  const details = request.presentDetails(known.details);
  const { errors, ...rest } = details;
  const lines = known.errors ?? linesOf(errors, request.language);
  return {
    headers: known.status === 503 ? { 'Retry-After': '1', ...known.headers } : known.headers,
    problem: {
      type: `/problems/${known.code}`,
      title: sentenceOf(known.code, details, request.language),
      status: known.status,
      code: known.code,
      ...(known.detail ? { detail: known.detail } : {}),
      instance: request.id,
      ...(Object.keys(rest).length > 0 ? { details: rest } : {}),
      ...(lines ? { errors: [...lines] } : {}),
    },
  };
}

interface Known {
  status: number;
  code: string;
  detail?: string;
  details: Readonly<Record<string, unknown>>;
  errors?: readonly ProblemLine[];
  headers: Readonly<Record<string, string>>;
}

function knownProblem(error: unknown): Known {
  if (error instanceof HttpProblem) return error;
  if (error instanceof Rejection)
    return { status: STATUS[error.kind], code: error.code, detail: error.message, details: error.details, headers: {} };
  if (error instanceof multer.MulterError) {
    const tooLarge = error.code === 'LIMIT_FILE_SIZE';
    return {
      status: tooLarge ? 413 : 400,
      code: tooLarge ? 'upload.too_large' : 'request.bad_form',
      detail: error.message,
      details: {},
      headers: {},
    };
  }
  return { status: 500, code: 'server.error', details: {}, headers: {} };
}

/** The lines of a refused form: each sentence in the language of the request. */
function linesOf(errors: unknown, language: Language): ProblemLine[] | undefined {
  if (!Array.isArray(errors)) return undefined;
  return (errors as Record<string, string | undefined>[]).map((line) => ({
    pointer: line.pointer ?? '',
    detail: line[language] ?? line.detail ?? '',
    code: line.code ?? 'invalid',
  }));
}

/** What the log says about a request beside its id. */
function about(ctx: Context): { operation?: string; caseId?: string } {
  const { operationId, caseId } = ctx.state as { operationId?: string; caseId?: string };
  return { ...(operationId && { operation: operationId }), ...(caseId && { caseId }) };
}

/** Outermost middleware of the API: every refusal and every bug leaves as problem+json. */
export function problems(deps: { log: Logger; presentDetails: PresentDetails }): Middleware {
  return async (ctx, next) => {
    try {
      await next();
    } catch (error) {
      const id = ctx.state.requestId as string;
      const { problem, headers } = problemOf(error, {
        id,
        language: languageOf(ctx.get('accept-language')),
        presentDetails: deps.presentDetails,
      });
      ctx.state.caseId ??= caseOfRefusal(error);
      if (isStoreTrouble(error))
        ctx.state.told = true; // once, by the outage, not by each request
      else if (problem.status >= 500) deps.log.error({ err: error, requestId: id, ...about(ctx) }, 'request failed');
      ctx.status = problem.status;
      ctx.set(headers);
      ctx.set('Content-Language', languageOf(ctx.get('accept-language')) === 'zh' ? 'zh-CN' : 'en');
      ctx.type = 'application/problem+json; charset=utf-8';
      ctx.body = JSON.stringify(problem);
    }
  };
}
