import type { JsonValue } from '../../engine/kernel/json.ts';

export interface ProblemLine {
  pointer: string;
  detail: string;
  code: string;
}

/** A refusal that only HTTP knows: no such route, not signed in, wrong content type. The domain's own are Rejections. */
export class HttpProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: Readonly<Record<string, JsonValue>>;
  readonly errors?: readonly ProblemLine[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: string,
    more: { details?: Record<string, JsonValue>; errors?: ProblemLine[]; headers?: Record<string, string> } = {},
  ) {
    super(code);
    this.name = 'HttpProblem';
    this.status = status;
    this.code = code;
    this.details = more.details ?? {};
    this.errors = more.errors;
    this.headers = more.headers ?? {};
  }
}
