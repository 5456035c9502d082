import { succeeded } from '../evidence.ts';
import type { Lists } from '../shown.ts';
import type { Caller } from './caller.ts';
import { LICENCE } from './licence.ts';

/** What the house shows beside the cases, each page from any node. */
export async function lists(caller: Caller): Promise<Lists> {
  const [orders, reasons, versions, { items: calendars }] = await Promise.all([
    all<Lists['orders'][number]>(caller, '/api/orders?limit=100'),
    all<Lists['reasons'][number]>(caller, '/api/overdue-reasons?limit=100'),
    caller.read<Lists['versions']>(`/api/definitions/${LICENCE}/versions`),
    caller.read<{ items: { version: string }[] }>('/api/calendars'),
  ]);
  return { orders, reasons, versions, calendars: calendars.map(({ version }) => version), files: await files(caller) };
}

async function all<Row>(caller: Caller, path: string): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const { items } of caller.pages<{ items: Row[]; next: string | null }>(path)) rows.push(...items);
  return rows;
}

/** What is in the files that were uploaded. */
async function files(caller: Caller): Promise<Record<string, string>> {
  const uploads = caller.log.filter((each) => each.verb === 'upload' && succeeded(each));
  const ids = [...new Set(uploads.map(({ body }) => (body as { id: string }).id))];
  const contents = await Promise.all(ids.map((id) => caller.attempt(() => caller.read<string>(`/api/files/${id}`))));
  return Object.fromEntries(ids.flatMap((id, index) => (contents[index] === undefined ? [] : [[id, contents[index]]])));
}
