import { shallowRef, watch, type ShallowRef } from 'vue';
import type { FormDefinition } from '../../shared/contract.ts';
import { getDefinition } from './get-definition.ts';

/**
 * The start form of a case's definition: its labels name the values people filled in.
 * Null while loading and for those who may not read definitions; they see the value names instead.
 */
export function useStartForm(definition: () => { id: string } | undefined): ShallowRef<FormDefinition | null> {
  const form = shallowRef<FormDefinition | null>(null);
  watch(
    () => definition()?.id,
    async (id) => {
      if (!id) return;
      try {
        form.value = (await getDefinition(id)).startForm;
      } catch {
        form.value = null;
      }
    },
    { immediate: true },
  );
  return form;
}
