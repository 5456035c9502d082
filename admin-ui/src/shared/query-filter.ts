import { computed, type WritableComputedRef } from 'vue';
import { useRoute, useRouter } from 'vue-router';

/** A filter kept in the address, so that a list can be linked to and the back button works. '' when absent. */
export function useQueryFilter(name: string, fallback = ''): WritableComputedRef<string> {
  const route = useRoute();
  const router = useRouter();
  return computed({
    get: () => {
      const value = route.query[name];
      return typeof value === 'string' ? value : fallback;
    },
    set: (value) => {
      void router.replace({ query: { ...route.query, [name]: value && value !== fallback ? value : undefined } });
    },
  });
}
