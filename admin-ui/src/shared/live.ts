import { onBeforeUnmount, onMounted, ref } from 'vue';

/** A case changed. `null`: nobody knows which one, look again (polling, or back after a pause). */
export interface CaseChange {
  caseId: string | null;
}

const pollEveryMs = 10_000;
const settleMs = 300;
const listeners = new Set<(change: CaseChange) => void>();

/** 'events': changes are pushed; 'polling': the stream is down and screens look again every few seconds. */
export const liveMode = ref<'off' | 'events' | 'polling'>('off');

let source: EventSource | null = null;
let poll: number | undefined;

/** One stream for the whole page, and none while it is hidden: browsers allow six connections to a host. */
export function startLive(): void {
  stopLive();
  if (document.hidden) return;
  source = new EventSource('/api/events');
  source.addEventListener('open', () => {
    // the server knows only of a client that had an event before
    if (liveMode.value === 'polling') announce({ caseId: null });
    liveMode.value = 'events';
    window.clearInterval(poll);
    poll = undefined;
  });
  source.addEventListener('case', (event) => announce({ caseId: readCaseId(event) }));
  source.addEventListener('reload', () => announce({ caseId: null }));
  source.addEventListener('error', () => {
    liveMode.value = 'polling';
    poll ??= window.setInterval(() => {
      announce({ caseId: null });
      if (source?.readyState === EventSource.CLOSED) startLive();
    }, pollEveryMs);
  });
}

export function stopLive(): void {
  source?.close();
  source = null;
  window.clearInterval(poll);
  poll = undefined;
  liveMode.value = 'off';
}

let wanted = false;

/** Follows sign-in and sign-out, and pauses with the tab. */
export function setLive(on: boolean): void {
  wanted = on;
  if (on) startLive();
  else stopLive();
}

document.addEventListener('visibilitychange', () => {
  if (!wanted) return;
  if (document.hidden) return stopLive();
  startLive();
  announce({ caseId: null });
});

window.addEventListener('online', () => {
  if (!wanted) return;
  startLive();
  announce({ caseId: null });
});

/** Calls `refresh` soon after something changed, once for all that changes until then. With a case id: only when it may concern that case. */
export function useLive(refresh: () => unknown, caseId?: () => string | undefined): void {
  let timer: number | undefined;
  const listener = (change: CaseChange): void => {
    const wantedCase = caseId?.();
    if (wantedCase && change.caseId && change.caseId !== wantedCase) return;
    timer ??= window.setTimeout(() => {
      timer = undefined;
      void refresh();
    }, settleMs);
  };
  onMounted(() => listeners.add(listener));
  onBeforeUnmount(() => {
    listeners.delete(listener);
    window.clearTimeout(timer);
  });
}

function announce(change: CaseChange): void {
  for (const listener of listeners) listener(change);
}

function readCaseId(event: Event): string | null {
  try {
    const data: unknown = JSON.parse((event as MessageEvent<string>).data);
    return (data as { caseId?: string } | null)?.caseId ?? null;
  } catch {
    return null;
  }
}
