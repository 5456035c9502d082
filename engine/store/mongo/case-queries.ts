import { MOST_COUNTED } from '../order.ts';
import type { CaseCounts, CaseQuery, CaseRow, EventRow, OverdueQuery } from '../ports.ts';
import type { CaseDocument } from './documents.ts';
import type { Filter } from './driver.ts';
import { keyOf, oneOf, textOf, whole } from './keys.ts';
import * as lights from './lights.ts';
import { caseOf } from './rows.ts';
import type { Session } from './session.ts';

export async function findCase({ into }: Session, id: string): Promise<CaseRow | undefined> {
  const found = await into.cases.findOne({ _id: keyOf(id), rev: { $gt: 0 } }, { projection: { body: 1 } });
  return found ? caseOf(found) : undefined;
}

export async function countActiveCases({ into }: Session): Promise<number> {
  return into.cases.countDocuments({ status: { $eq: 'active' }, startedAt: { $lte: Number.MAX_SAFE_INTEGER } });
}

export async function listEvents(
  { into }: Session,
  caseId: string,
  afterSeq: number,
  limit: number,
): Promise<EventRow[]> {
  const steps = await into.history
    .find({ caseId: keyOf(caseId), last: { $gt: whole(afterSeq) } })
    .sort({ last: 1 })
    .limit(whole(limit))
    .toArray();
  return steps
    .flatMap(({ body }) => JSON.parse(body) as EventRow[])
    .filter(({ seq }) => seq > afterSeq)
    .slice(0, limit);
}

/** Walks one index newest first, the narrowest that the query allows, and compares the rest on the way. */
export async function listCases({ into }: Session, query: CaseQuery): Promise<CaseRow[]> {
  if (query.groups?.length === 0) return [];
  const found = await into.cases
    .find(filterOf(query), { projection: { body: 1 } })
    .sort({ startedAt: -1, _id: -1 })
    .limit(whole(query.limit))
    .toArray();
  return found.map(caseOf);
}

/** Along the edge that passed: of red from the oldest on, past those that have become deep red. */
export async function listOverdueCases({ into }: Session, { light, now, limit }: OverdueQuery): Promise<CaseRow[]> {
  const found = await into.cases
    .find({ status: { $eq: 'active' }, ...lights.lightFilter(light, now) }, { projection: { body: 1 } })
    .sort(light === 'red' ? { until: 1 } : { statutory: 1 })
    .limit(whole(limit))
    .toArray();
  return found.map(caseOf);
}

export async function countCases({ into }: Session, now: number): Promise<CaseCounts> {
  return lights.countCases(into.cases, now, MOST_COUNTED);
}

function filterOf(query: CaseQuery): Filter<CaseDocument> {
  const { status, applicant, definitionKey, parent, groups, light, text, after } = query;
  const all: Filter<CaseDocument>[] = [];
  if (light !== undefined) all.push({ status: { $eq: 'active' } }, lights.lightFilter(light, query.now));
  if (status !== undefined) all.push({ status: keyOf(status) });
  if (applicant !== undefined) all.push({ applicant: keyOf(applicant) });
  if (definitionKey !== undefined) all.push({ definitionKey: keyOf(definitionKey) });
  if (parent !== undefined) all.push({ parent: keyOf(parent) });
  if (groups !== undefined) all.push({ groups: oneOf(groups) });
  if (text !== undefined) {
    const literal = literalPattern(text);
    all.push({ $or: [{ number: literal }, { title: literal }] });
  }
  if (after === undefined) all.push({ startedAt: { $lte: Number.MAX_SAFE_INTEGER } });
  else {
    const startedAt = whole(after.startedAt);
    all.push({ startedAt: { $lte: startedAt } });
    all.push({ $or: [{ startedAt: { $lt: startedAt } }, { _id: { $lt: keyOf(after.id) } }] });
  }
  return { $and: all };
}

/** A pattern that matches exactly these characters; what follows a NUL cannot be asked for. */
function literalPattern(text: string): { $regex: string } {
  return { $regex: keyOf(text.split('\0', 1)[0]!).replace(/[\\^$.*+?()[\]{}|#\s-]/g, '\\$&') };
}

export async function listChanges(
  { into }: Session,
  after: number,
  limit: number,
): Promise<{ caseId: string; seq: number }[]> {
  const found = await into.history
    .find({ at: { $gt: whole(after) } }, { projection: { caseId: 1, last: 1 } })
    .sort({ at: 1 })
    .limit(limit)
    .toArray();
  return found.map(({ caseId, last }) => ({ caseId: textOf(caseId), seq: last }));
}
