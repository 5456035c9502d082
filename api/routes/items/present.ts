import type { FormDefinition as StoredForm } from '../../../processes/forms/index.ts';
import type { FormDefinition } from './schema.ts';

/** A stored form is already what the page draws; null where nothing is asked. */
export function presentForm(form: StoredForm | undefined): FormDefinition | null {
  return form ? (structuredClone(form) as FormDefinition) : null;
}
