import type { z } from 'zod';
import type { DefinitionRow } from '../../../engine/index.ts';
import { itemOf } from '../../../processes/casework/index.ts';
import type { FormDefinition as StoredForm } from '../../../processes/forms/index.ts';
import type { FormDefinition, Material } from './schema.ts';

/** A stored form is already what the page draws; null where nothing is asked. */
export function presentForm(form: StoredForm | undefined): FormDefinition | null {
  return form ? (structuredClone(form) as FormDefinition) : null;
}

/** What a version asks people to hand in. */
export function presentMaterials(definition: DefinitionRow): z.infer<typeof Material>[] {
  const { materials = [] } = itemOf(definition);
  return materials.map(({ name, required = true, note = '' }) => ({ name, required, note }));
}
