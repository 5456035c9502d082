import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import type { AffectedCase, HolidayNoticePreview, MovedOrder } from '../../shared/contract.ts';
import { explainFailure } from '../../shared/failure.ts';
import { Problem } from '../../shared/http.ts';
import { previewHolidayNotice } from './calls.ts';

export interface NoticeTrial {
  /** What the notice says; null before it was tried and where it is wrong. */
  preview: ShallowRef<HolidayNoticePreview | null>;
  checked: Ref<number>;
  affected: ShallowRef<AffectedCase[]>;
  /** Supervision orders of which the reply date moves. */
  orders: ShallowRef<MovedOrder[]>;
  /** Open cases and orders are still being looked at. */
  looking: Ref<boolean>;
  failure: Ref<string>;
  /** What is wrong in the notice: where, and what was expected. */
  lines: ShallowRef<{ pointer: string; detail: string }[]>;
  /** Reads the text and looks at every open case and order, page by page. */
  run: (text: string) => Promise<void>;
  clear: () => void;
}

/** Tries a notice without loading it. */
export function useNoticePreview(notJson: () => string): NoticeTrial {
  const preview = shallowRef<HolidayNoticePreview | null>(null);
  const checked = ref(0);
  const affected = shallowRef<AffectedCase[]>([]);
  const orders = shallowRef<MovedOrder[]>([]);
  const looking = ref(false);
  const failure = ref('');
  const lines = shallowRef<{ pointer: string; detail: string }[]>([]);
  let latest = 0;

  function clear(): void {
    latest += 1;
    preview.value = null;
    [checked.value, affected.value, orders.value, lines.value] = [0, [], [], []];
    [failure.value, looking.value] = ['', false];
  }

  async function run(text: string): Promise<void> {
    clear();
    const turn = latest;
    let notice: unknown;
    try {
      notice = JSON.parse(text);
    } catch {
      failure.value = notJson();
      return;
    }
    looking.value = true;
    try {
      for (let cursor: string | undefined; ;) {
        const page = await previewHolidayNotice(notice, cursor);
        if (turn !== latest) return;
        preview.value ??= page;
        checked.value += page.checked;
        affected.value = [...affected.value, ...page.affected];
        orders.value = [...orders.value, ...page.orders];
        if (!page.next) return;
        cursor = page.next;
      }
    } catch (error) {
      if (turn !== latest) return;
      preview.value = null;
      failure.value = explainFailure(error);
      lines.value = linesOf(error);
    } finally {
      if (turn === latest) looking.value = false;
    }
  }

  return { preview, checked, affected, orders, looking, failure, lines, run, clear };
}

function linesOf(error: unknown): { pointer: string; detail: string }[] {
  const lines = error instanceof Problem ? (error.body.errors ?? []) : [];
  return lines.map(({ pointer, detail }) => ({ pointer: pointer.replace(/^\/body\/notice/, '') || '/', detail }));
}
