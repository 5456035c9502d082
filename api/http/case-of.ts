import { parseTaskId } from '../../engine/index.ts';
import { isRejection } from '../../engine/kernel/rejection.ts';

/** Longer than any id: what a client writes into an address must not fill the log. */
const MOST_LETTERS = 64;

interface Asked {
  readonly method: string;
  readonly path: string;
}

/** The case that the address of a request names, also of one that is refused: for the log. */
export function caseOfAddress({ path }: Asked, params: unknown): string | undefined {
  const { id } = params as { id?: unknown };
  if (path.startsWith('/cases/:id')) return idOf(id);
  return path.startsWith('/tasks/:id') && typeof id === 'string' ? idOf(parseTaskId(id)?.caseId) : undefined;
}

/** The case that an answer is about, where it is about one. */
export function caseOfAnswer(route: Asked, body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  if (route.path === '/cases' && route.method === 'post') return idOf((body as { id?: unknown }).id);
  return idOf((body as { case?: { id?: unknown } }).case?.id);
}

/** The case a refusal names. */
export function caseOfRefusal(error: unknown): string | undefined {
  return isRejection(error) ? idOf(error.details.case) : undefined;
}

function idOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value.slice(0, MOST_LETTERS) : undefined;
}
