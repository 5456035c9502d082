import { verifyChain } from '../../../engine/cases/history.ts';
import type { CaseRow, EventRow } from '../../../engine/index.ts';
import type { ProcessGraph } from '../../../engine/model/graph.ts';
import { elementWords, sentenceOfEvent } from '../../../processes/casework/index.ts';
import type { Person } from '../../../processes/directory/index.ts';
import { plainSentences } from '../../http/sentences/index.ts';
import type { House } from '../../house.ts';
import { instant, personReference } from '../present.ts';

const BATCH = 1_000;

/** The whole history of a case. */
export async function readHistory(house: House, caseId: string): Promise<EventRow[]> {
  const events: EventRow[] = [];
  for (;;) {
    const batch = await house.store.listEvents(caseId, events.at(-1)?.seq ?? 0, BATCH);
    events.push(...batch);
    if (batch.length < BATCH) return events;
  }
}

/**
 * The hashes fit, and the newest event that the case names is there: nothing was changed, removed or cut off. `row` was read
 * before the events: what was written since, the case names now.
 */
export async function isUntouched(
  { engine }: Pick<House, 'engine'>,
  events: readonly EventRow[],
  row: Pick<CaseRow, 'id' | 'lastSeq' | 'lastHash'>,
): Promise<boolean> {
  const named = row.lastSeq === 0 ? '' : events[row.lastSeq - 1]?.hash;
  if (!verifyChain(events).ok || named !== row.lastHash) return false;
  return events.length === row.lastSeq || (await engine.getCase(row.id)).lastSeq >= events.length;
}

export function presentEvent(house: House, row: CaseRow, graph: ProcessGraph, event: EventRow, viewer: Person) {
  const actor = personReference(house, event.actor);
  return {
    seq: event.seq,
    at: instant(event.at),
    actor,
    type: event.type,
    node: event.node ? { id: event.node, name: graph.nodes[event.node]?.name || event.node } : null,
    text: sentenceOfEvent(viewer.role === 'applicant' ? withoutInternal(event) : event, {
      of: (element) => elementWords(graph, element),
      actor: actor.name,
      nameOfDepartment: house.directory.nameOf,
      called: Boolean(row.parent),
      why: plainSentences,
    }),
    data: viewer.role === 'applicant' ? {} : event.data,
    token: event.token,
    prevHash: event.prevHash,
    hash: event.hash,
  };
}

/** What offices write to each other in an order is not for the applicant, nor why a system failed; that it happened is. */
function withoutInternal(event: EventRow): EventRow {
  if (!/^(order|notice|incident)\.|^(escalation|condition)\.failed$/.test(event.type)) return event;
  const { what: _what, text: _text, error: _error, message: _message, code: _code, ...data } = event.data;
  return { ...event, data };
}
