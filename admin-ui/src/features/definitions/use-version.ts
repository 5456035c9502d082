import { shallowRef, watch, type ShallowRef } from 'vue';
import type { DefinitionDetail } from '../../shared/contract.ts';
import { getDefinition } from './get-definition.ts';

/**
 * The version that a case runs on: the labels of its start form name the values people filled in.
 * Null while loading and where it cannot be read; then value names are shown instead.
 */
export function useVersion(definition: () => { id: string } | undefined): ShallowRef<DefinitionDetail | null> {
  const version = shallowRef<DefinitionDetail | null>(null);
  watch(
    () => definition()?.id,
    async (id) => {
      if (!id) return;
      try {
        version.value = await getDefinition(id);
      } catch {
        version.value = null;
      }
    },
    { immediate: true },
  );
  return version;
}
