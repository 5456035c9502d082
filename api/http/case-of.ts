import { isRejection } from '../../engine/kernel/rejection.ts';

/** Longer than any id: what a client writes into an address must not fill the log. */
const MOST_LETTERS = 64;

/** The case a request was about, where it was about one: for the log. */
export function caseOf(route: { method: string; path: string }, params: unknown, body: unknown): string | undefined {
  if (route.path.startsWith('/cases/:id')) return idOf((params as { id?: unknown }).id);
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
