import { SYSTEM, type Engine } from '../engine/index.ts';
import type { RegionCalendar } from '../processes/calendars/index.ts';

const COLLECTION = 'recount.last';

/**
 * An upgrade may ship a newer calendar than the open cases were counted with: then they are counted again, as after a notice.
 * A house without a note of its calendar has just been opened.
 */
export async function recountAtStart(engine: Engine, { calendar, papers }: RegionCalendar): Promise<boolean> {
  const { version } = calendar;
  const last = await engine.store.getDocument(COLLECTION, 'calendar');
  if (last?.version === version) return false;
  const note = { collection: COLLECTION, id: 'calendar', document: { version } };
  const runs = await engine.listRecounts();
  // a notice that was loaded has a run of its own
  if (!last || runs.some(({ because }) => version.split('+').includes(because.notice as string))) {
    await engine.store.putDocument(note.collection, note.id, note.document);
    return false;
  }
  const because = { notice: version, papers: [...papers] };
  await engine.recountCases({ because, documents: [note] }, SYSTEM);
  return true;
}
