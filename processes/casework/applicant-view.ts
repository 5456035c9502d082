import type { JsonObject } from '../../engine/kernel/json.ts';
import type { FormDefinition } from '../forms/index.ts';

/** The part of a case's data an applicant sees: what these forms ask or show, never what departments note among themselves. */
export function applicantView(variables: JsonObject, forms: readonly (FormDefinition | undefined)[]): JsonObject {
  const names = new Set(forms.flatMap((form) => form?.fields.map((field) => field.name) ?? []));
  return Object.fromEntries(Object.entries(variables).filter(([name]) => names.has(name)));
}
