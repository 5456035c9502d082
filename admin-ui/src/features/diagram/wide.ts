import { onBeforeUnmount, readonly, ref, type Ref } from 'vue';

/** Whether the window is wide enough to put a table beside a diagram. */
export function useWide(): Readonly<Ref<boolean>> {
  const query = window.matchMedia('(min-width: 1600px)');
  const wide = ref(query.matches);
  const look = (): void => void (wide.value = query.matches);
  query.addEventListener('change', look);
  onBeforeUnmount(() => query.removeEventListener('change', look));
  return readonly(wide);
}
