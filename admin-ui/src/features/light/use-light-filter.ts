import { computed, type WritableComputedRef } from 'vue';
import type { Light } from '../../shared/contract.ts';
import { useQueryFilter } from '../../shared/query-filter.ts';
import { lights } from './light-shape.ts';

/** The light in the address; '' shows all, also when the address names no light there is. */
export function useLightFilter(): WritableComputedRef<Light | ''> {
  const value = useQueryFilter('light');
  return computed({
    get: () => lights.find((light) => light === value.value) ?? '',
    set: (light) => (value.value = light),
  });
}
