import { answering, type CommandOptions } from '../../engine/index.ts';
import type { JsonObject } from '../../engine/kernel/json.ts';
import { Rejection } from '../../engine/kernel/rejection.ts';
import type { CaseRow, TaggedDocument } from '../../engine/store/ports.ts';
import { actorOf } from '../casework/deps.ts';
import { may, worksFor, type Person } from '../directory/index.ts';
import { supervisionOf, withSupervision } from './annex.ts';
import type { SupervisionDeps } from './deps.ts';
import type { Said } from './order.ts';
import { elementNow, type Subject } from './subject.ts';
import { checkedText } from './text.ts';

/** 公开超期原因 (优化营商环境条例 art. 36): what a department is asked for, and what it said. */
export interface OverdueReason extends Subject {
  /** `<case>.<n>` */
  readonly id: string;
  readonly caseId: string;
  readonly caseNumber: string;
  readonly caseTitle: string;
  readonly department: string;
  /** The name of its element then; '' for the whole case. */
  readonly name: string;
  /** When the limit ended that has passed. */
  readonly dueAt: number;
  /** Which limit, where it is not the promise; requests of older versions do not tell. */
  readonly limit?: 'statutory';
  readonly askedAt: number;
  readonly answer: Said | null;
  /** Its limit has not passed after all: nothing is asked for. */
  readonly withdrawnAt?: number;
}

export const REASON_STATUSES = ['asked', 'given', 'withdrawn'] as const;
export type ReasonStatus = (typeof REASON_STATUSES)[number];

export function reasonStatus({ answer, withdrawnAt }: Pick<OverdueReason, 'answer' | 'withdrawnAt'>): ReasonStatus {
  if (answer) return 'given';
  return withdrawnAt === undefined ? 'asked' : 'withdrawn';
}

export function isAsked(reason: OverdueReason): boolean {
  return reasonStatus(reason) === 'asked';
}

export const OVERDUE_REASONS = 'overdue-reasons';

/** Sorts by when it was asked for. */
function documentId({ askedAt, id }: Pick<OverdueReason, 'askedAt' | 'id'>): string {
  return `${String(askedAt).padStart(14, '0')}.${id}`;
}

export function reasonDocument(reason: OverdueReason): TaggedDocument {
  const { department, caseId } = reason;
  const state = reasonStatus(reason);
  return {
    collection: OVERDUE_REASONS,
    id: documentId(reason),
    document: reason as unknown as JsonObject,
    tags: [`case ${caseId}`, `to ${department}`, `is ${state}`, `to ${department} is ${state}`],
  };
}

/** What the history and the notice say of a request. */
export function reasonData({ directory }: Pick<SupervisionDeps, 'directory'>, reason: OverdueReason) {
  const { id, department, dueAt, limit } = reason;
  return { id, department, departmentName: directory.nameOf(department), dueAt, ...(limit && { limit }) };
}

/** What the department is asked for; undefined where it was asked already about this clock and due date. */
export function askForReason(
  row: CaseRow,
  about: Pick<OverdueReason, 'department' | 'name' | 'dueAt' | 'limit' | keyof Subject>,
  now: number,
  before: readonly OverdueReason[],
): OverdueReason | undefined {
  const known = before.some(
    (each) =>
      each.withdrawnAt === undefined &&
      each.department === about.department &&
      each.dueAt === about.dueAt &&
      each.of === about.of &&
      elementNow(each, row) === about.node,
  );
  if (known) return undefined;
  return {
    ...about,
    id: `${row.id}.${before.length + 1}`,
    caseId: row.id,
    caseNumber: row.number,
    caseTitle: row.title,
    askedAt: now,
    answer: null,
  };
}

/**
 * The reason goes public: the applicant is told, the case page shows it. Once; also after the case has ended.
 * `reason.not_found`, `reason.given_already`, `reason.withdrawn` (details.at), `supervision.text_missing`, `supervision.text_too_long`
 */
export async function giveReason(
  { engine, directory }: SupervisionDeps,
  { id, text: given }: { id: string; text: string },
  person: Person,
  options?: CommandOptions<OverdueReason>,
): Promise<OverdueReason> {
  const text = checkedText(given);
  const caseId = caseOfReason(id);
  let answered: OverdueReason | undefined;
  await engine.noteCase(
    {
      caseId,
      decide: (row) => {
        const { reasons = [] } = supervisionOf(row);
        const asked = reasonOf(row, id);
        if (!asked || !mayGiveReason(person, asked)) throw reasonNotFound(id);
        if (asked.answer)
          throw new Rejection('conflict', 'reason.given_already', `Expected no reason yet, but there is one`, {
            by: asked.answer.by,
            at: asked.answer.at,
          });
        if (asked.withdrawnAt !== undefined)
          throw new Rejection(
            'conflict',
            'reason.withdrawn',
            'Expected a reason that is asked for, but it no longer is',
            {
              at: asked.withdrawnAt,
            },
          );
        answered = { ...asked, answer: { text, by: person.id, at: engine.now() } };
        const { department, name, node } = asked;
        const departmentName = directory.nameOf(department);
        return {
          events: [
            {
              type: 'reason.given',
              ...(node !== '' && { node }),
              data: { id, department, departmentName, name, text },
            },
          ],
          annex: withSupervision(row, { reasons: reasons.map((each) => (each.id === id ? answered! : each)) }),
          documents: [reasonDocument(answered)],
        };
      },
    },
    actorOf(person),
    answering(options, () => answered!),
  );
  return answered!;
}

/** The case of which a reason with this id is asked; '' where it is no such id. */
export function caseOfReason(id: string): string {
  return id.slice(0, Math.max(0, id.lastIndexOf('.')));
}

export function reasonOf(row: CaseRow, id: string): OverdueReason | undefined {
  return supervisionOf(row).reasons?.find((each) => each.id === id);
}

/** Its head, or who handles its cases. */
export function mayGiveReason(person: Person, { department }: Pick<OverdueReason, 'department'>): boolean {
  return may(person, 'reasons.give') && worksFor(person, department);
}

export function reasonNotFound(id: string): Rejection {
  return new Rejection(
    'not-found',
    'reason.not_found',
    `Expected a reason '${id}' that is asked for, but there is none`,
    {
      reason: id,
    },
  );
}

export interface ReasonQuery {
  readonly department?: string | undefined;
  readonly status?: ReasonStatus | undefined;
  readonly before?: string | undefined;
  readonly limit: number;
}

/** Asked for, given and withdrawn, newest first, with the key of their page: supervisors all, handlers those of their departments. */
export async function listReasons(
  { engine }: Pick<SupervisionDeps, 'engine'>,
  { department, status, before, limit }: ReasonQuery,
  person: Person,
): Promise<{ key: string; reason: OverdueReason }[]> {
  const mine = may(person, 'orders.issue')
    ? [department]
    : person.departments.filter((each) => department === undefined || each === department);
  const pages = await Promise.all(
    mine.map((each) => {
      const tag = [each === undefined ? '' : `to ${each}`, status ? `is ${status}` : ''].filter(Boolean).join(' ');
      return engine.store.findDocuments({
        collection: OVERDUE_REASONS,
        ...(tag !== '' && { tag }),
        ...(before !== undefined && { before }),
        limit,
      });
    }),
  );
  return pages
    .flat()
    .sort((a, b) => (a.id < b.id ? 1 : -1))
    .slice(0, limit)
    .map(({ id, document }) => ({ key: id, reason: document as unknown as OverdueReason }));
}
