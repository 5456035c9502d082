import type { FormDefinition } from '../../shared/contract.ts';
import { Problem } from '../../shared/http.ts';

export interface SortedErrors {
  /** Field name -> what the server says about it. */
  fields: Record<string, string>;
  /** What belongs to no field of this form. */
  rest: string[];
}

/** Sorts the server's errors to the fields their JSON pointers name. */
export function sortErrors(form: FormDefinition | null, error: unknown): SortedErrors {
  const sorted: SortedErrors = { fields: {}, rest: [] };
  if (!(error instanceof Problem)) return sorted;
  const names = new Set(form?.fields.map((field) => field.name));
  for (const { pointer, detail } of error.body.errors ?? []) {
    const name = segments(pointer).find((segment) => names.has(segment));
    if (name === undefined) sorted.rest.push(detail);
    else sorted.fields[name] ??= detail;
  }
  return sorted;
}

function segments(pointer: string): string[] {
  return pointer
    .replace(/^#/, '')
    .split('/')
    .map((segment) => decode(segment).replaceAll('~1', '/').replaceAll('~0', '~'));
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
