import { ofOtherPhase, SYSTEM, type MovedDate } from '../../engine/index.ts';
import type { CaseRow, Commit, EventRow } from '../../engine/store/ports.ts';
import { supervisionOf, withSupervision, type Supervision } from './annex.ts';
import type { SupervisionDeps } from './deps.ts';
import { orderData } from './issue-order.ts';
import type { Order } from './order.ts';
import { isAsked, reasonData, reasonDocument, type OverdueReason } from './overdue-reason.ts';
import { elementNow, type Subject } from './subject.ts';

type Moved = Pick<MovedDate, 'of' | 'element' | 'limit' | 'was' | 'is'>;

type Escalated = NonNullable<Supervision['escalated']>;

/**
 * Limits of a case and its tasks that a notice of holidays moved, or another version of the process, while something was
 * demanded because of one of them.
 */
export interface LostGrounds {
  readonly caseId: string;
  readonly by?: 'version';
  /** When they moved, ms; follow-ups of older versions do not tell. */
  readonly at?: number;
  readonly moved: readonly Moved[];
}

/** What has to be looked at again because of these events, each with the number of its event. */
export function lostGrounds({ row, events }: { row: CaseRow; events: readonly EventRow[] }) {
  const { reasons = [], orders = [] } = supervisionOf(row);
  return events
    .filter(({ type }) => type === 'deadline.recounted' || type === 'case.migrated')
    .map(({ seq, at, type, data }) => {
      const moved = (data.dueDates as unknown as MovedDate[]).filter(isOfLimit);
      if (type !== 'case.migrated') return { seq, at, moved };
      const dates = moved.map((date) => ({ ...date, ...clockMigrated(row, date) }));
      return { seq, at, by: 'version' as const, moved: dates };
    })
    .filter(
      ({ at, moved }) =>
        reasons.some((each) => dateOf(each, row, moved)) || orders.some((each) => groundOf(each, row, moved, at)),
    )
    .map(({ seq, ...lost }) => ({ seq, lost: { caseId: row.id, ...lost } }));
}

/**
 * Withdraws the requests for a public reason whose limit has not passed after all, and names the orders of which that is
 * so: those a supervisor revokes, or does not. A request whose limit has passed at another date goes on with that date.
 * Should a date come back that is ahead now, its steps are taken anew. `fence`: the follow-up that this is.
 */
export async function withdrawGrounds(
  deps: SupervisionDeps,
  { caseId, moved, by, at: movedAt = deps.engine.now() }: LostGrounds,
  fence: NonNullable<Commit['fence']>,
): Promise<void> {
  await deps.engine.noteCase(
    {
      caseId,
      fence,
      decide(row) {
        const now = deps.engine.now();
        const isAhead = ({ is }: Moved) => is === null || is >= now;
        const { reasons = [], orders = [], escalated } = supervisionOf(row);
        const recounted = reasons.map((each) => {
          const date = dateOf(each, row, moved);
          if (!date) return each;
          return isAhead(date) ? { ...each, withdrawnAt: now } : { ...each, dueAt: date.is! };
        });
        const changed = recounted.filter((each) => !reasons.includes(each));
        const unfounded = orders.filter((each) => {
          const date = groundOf(each, row, moved, movedAt);
          return date && isAhead(date);
        });
        const because = by && { by };
        return {
          events: [
            ...changed
              .filter((each) => !isAsked(each))
              .map((each) => ({
                type: 'reason.withdrawn',
                ...at(each, row),
                data: { ...reasonData(deps, each), ...because },
              })),
            ...unfounded.map((each) => ({
              type: 'order.unfounded',
              ...at(each, row),
              data: { ...orderData(deps, each), ...because },
            })),
          ],
          annex: withSupervision(row, {
            ...(reasons.length > 0 && { reasons: recounted }),
            ...(escalated && {
              escalated: moved.filter(isAhead).reduce((left, date) => forget(left, row, date), escalated),
            }),
          }),
          documents: changed.map(reasonDocument),
        };
      },
    },
    SYSTEM,
  );
}

/**
 * What was escalated, without the light of this date: its steps are taken again where the date comes back. Yellow warned of
 * what was to come, and stays.
 */
function forget(escalated: Escalated, { state }: CaseRow, { element, limit, was }: Moved): Escalated {
  const light = limit === 'statutory' ? 'deepRed' : 'red';
  return Object.fromEntries(
    Object.entries(escalated).map(([clock, lights]) => {
      const { [light]: date, ...others } = lights;
      const isThis = date === was && (state.tokens[clock]?.node ?? '') === element;
      return [clock, isThis ? others : lights];
    }),
  );
}

/** Not of a timer, a hold or the time to supplement. */
function isOfLimit({ of, was, is }: MovedDate): boolean {
  return (of === undefined || of === 'acceptance' || of === 'delivery') && was !== null && was !== is;
}

/** Which clock of the case a date is of that a migration moved: its event does not tell. */
function clockMigrated(row: CaseRow, { element }: Moved): Pick<Subject, 'of'> {
  return element === '' ? ofOtherPhase(row) : {};
}

/** The date that a reason is asked for, where it is among these. */
function dateOf(reason: OverdueReason, row: CaseRow, moved: readonly Moved[]): Moved | undefined {
  if (!isAsked(reason)) return undefined;
  return moved.find((date) => isDateOf(date, reason, row) && date.was === reason.dueAt);
}

/**
 * The date that the order of a rule rests on, where it is among those that moved then and had passed: one still to come had lost
 * the order its ground before. An order that warned rests on none.
 */
function groundOf(order: Order, row: CaseRow, moved: readonly Moved[], movedAt: number): Moved | undefined {
  const { rule, warning } = order;
  if (rule === 'manual' || warning === 'yellow') return undefined;
  return moved.find(
    (date) =>
      isDateOf(date, order, row) && (date.limit === 'statutory') === (warning === 'deepRed') && date.was! < movedAt,
  );
}

/** Demands of older versions do not tell which clock of the case they are about. */
function isDateOf({ element, of }: Moved, subject: Subject, row: CaseRow): boolean {
  return element === elementNow(subject, row) && (subject.of === undefined || subject.of === of);
}

function at(subject: Subject, row: CaseRow): { node?: string } {
  const node = elementNow(subject, row);
  return node === '' ? {} : { node };
}
