import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import type { Page } from './contract.ts';

export interface Loaded<T> {
  data: ShallowRef<T | null>;
  error: ShallowRef<unknown>;
  loading: Ref<boolean>;
  /** Loads again. What is on screen stays there until the answer comes. */
  reload: () => Promise<void>;
}

/** One thing from the server with its three states. Late answers of earlier calls are dropped. */
export function useLoaded<T>(load: () => Promise<T>): Loaded<T> {
  const data = shallowRef<T | null>(null);
  const error = shallowRef<unknown>(null);
  const loading = ref(false);
  let latest = 0;

  async function reload(): Promise<void> {
    const turn = ++latest;
    loading.value = true;
    try {
      const answer = await load();
      if (turn !== latest) return;
      data.value = answer;
      error.value = null;
    } catch (reason) {
      if (turn === latest) error.value = reason;
    } finally {
      if (turn === latest) loading.value = false;
    }
  }

  return { data, error, loading, reload };
}

export interface LoadedList<T, P> extends Loaded<P> {
  items: ShallowRef<T[]>;
  next: Ref<string | null>;
  /** Empties the screen and loads the first page: for a changed filter. */
  restart: () => Promise<void>;
  loadMore: () => Promise<void>;
}

export interface PageRequest {
  cursor?: string;
  limit: number;
}

const pageSize = 20;
const largestPage = 100;

/** A keyset-paged list. A reload asks for as many rows as are on screen, so a live update does not lose the place. */
export function useLoadedList<P extends Page<unknown>>(
  load: (page: PageRequest) => Promise<P>,
): LoadedList<P['items'][number], P> {
  type T = P['items'][number];
  const items = shallowRef<T[]>([]);
  const next = ref<string | null>(null);
  const shown = (): number => Math.min(largestPage, Math.max(pageSize, items.value.length));
  let generation = 0;

  const first = useLoaded(async () => {
    const turn = ++generation;
    const answer = await load({ limit: shown() });
    if (turn === generation) {
      items.value = answer.items;
      next.value = answer.next;
    }
    return answer;
  });

  async function restart(): Promise<void> {
    items.value = [];
    next.value = null;
    first.data.value = null;
    await first.reload();
  }

  async function loadMore(): Promise<void> {
    if (!next.value) return;
    const turn = ++generation;
    first.loading.value = true;
    try {
      const answer = await load({ cursor: next.value, limit: pageSize });
      if (turn !== generation) return;
      items.value = [...items.value, ...answer.items];
      next.value = answer.next;
      first.error.value = null;
    } catch (reason) {
      first.error.value = reason;
    } finally {
      first.loading.value = false;
    }
  }

  return { ...first, items, next, restart, loadMore };
}
