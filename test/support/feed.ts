export interface Feed {
  headers: Headers;
  next(): Promise<{ event: string; data: { caseId: string; rev: number; number: string } }>;
  close(): Promise<void>;
}

/** An event stream of a server, read event by event. */
export async function openFeed(address: string, cookie: string, lastEventId?: string): Promise<Feed> {
  const leave = new AbortController();
  const response = await fetch(`${address}/api/events`, {
    headers: { cookie, ...(lastEventId !== undefined && { 'last-event-id': lastEventId }) },
    signal: leave.signal,
  });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return {
    headers: response.headers,
    async next() {
      for (;;) {
        const end = text.indexOf('\n\n');
        if (end >= 0) {
          const lines = Object.fromEntries(
            text
              .slice(0, end)
              .split('\n')
              .map((line) => line.split(/: (.*)/s).slice(0, 2)),
          ) as { event?: string; data: string };
          text = text.slice(end + 2);
          if (lines.event)
            return {
              event: lines.event,
              data: JSON.parse(lines.data) as { caseId: string; rev: number; number: string },
            };
        } else text += (await reader.read()).value ?? '';
      }
    },
    async close() {
      leave.abort();
      await reader.read().catch(() => undefined);
    },
  };
}
