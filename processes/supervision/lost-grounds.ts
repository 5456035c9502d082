import { SYSTEM, type MovedDate } from '../../engine/index.ts';
import type { CaseRow, Commit, EventRow } from '../../engine/store/ports.ts';
import { supervisionOf, withSupervision, type Supervision } from './annex.ts';
import type { SupervisionDeps } from './deps.ts';
import { orderData } from './issue-order.ts';
import type { Order } from './order.ts';
import { isAsked, reasonData, reasonDocument, type OverdueReason } from './overdue-reason.ts';

type Moved = Pick<MovedDate, 'task' | 'element' | 'limit' | 'was' | 'is'>;

type Escalated = NonNullable<Supervision['escalated']>;

/** Limits of a case and its tasks that a notice of holidays moved, while something was demanded because of one of them. */
export interface LostGrounds {
  readonly caseId: string;
  readonly moved: readonly Moved[];
}

/** What has to be looked at again because of these events, each with the number of its event. */
export function lostGrounds({ row, events }: { row: CaseRow; events: readonly EventRow[] }) {
  const { reasons = [], orders = [] } = supervisionOf(row);
  return events
    .filter(({ type }) => type === 'deadline.recounted')
    .map(({ seq, data }) => ({ seq, moved: (data.dueDates as unknown as MovedDate[]).filter(isOfLimit) }))
    .filter(({ moved }) => reasons.some((each) => dateOf(each, moved)) || orders.some((each) => groundOf(each, moved)))
    .map(({ seq, moved }) => ({ seq, lost: { caseId: row.id, moved } }));
}

/**
 * Withdraws the requests for a public reason whose limit has not passed after all, and names the orders of which that is
 * so: those a supervisor revokes, or does not. A request whose limit has passed at another date goes on with that date.
 * Should a later notice bring a date back that is ahead now, its steps are taken anew, unless their order is still open.
 * `fence`: the follow-up that this is.
 */
export async function withdrawGrounds(
  deps: SupervisionDeps,
  { caseId, moved }: LostGrounds,
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
          const date = dateOf(each, moved);
          if (!date) return each;
          return isAhead(date) ? { ...each, withdrawnAt: now } : { ...each, dueAt: date.is! };
        });
        const changed = recounted.filter((each) => !reasons.includes(each));
        const unfounded = orders.filter((each) => {
          const date = groundOf(each, moved);
          return date && isAhead(date);
        });
        // an order that is open goes on standing: the date that comes back finds it there
        const withdrawn = moved.filter((date) => isAhead(date) && !unfounded.some((each) => groundOf(each, [date])));
        return {
          events: [
            ...changed
              .filter((each) => !isAsked(each))
              .map((each) => ({ type: 'reason.withdrawn', ...at(each), data: reasonData(deps, each) })),
            ...unfounded.map((each) => ({ type: 'order.unfounded', ...at(each), data: orderData(deps, each) })),
          ],
          annex: withSupervision(row, {
            ...(reasons.length > 0 && { reasons: recounted }),
            ...(escalated && { escalated: withdrawn.reduce((left, date) => forget(left, row, date), escalated) }),
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
function forget(escalated: Escalated, { id }: CaseRow, { task, limit, was }: Moved): Escalated {
  const token = task.slice(`${id}.`.length);
  const light = limit === 'statutory' ? 'deepRed' : 'red';
  const { [light]: date, ...others } = escalated[token] ?? {};
  return date === was ? { ...escalated, [token]: others } : escalated;
}

/** Not of a timer, a hold or the time to supplement. */
function isOfLimit({ of, was, is }: MovedDate): boolean {
  return (of === undefined || of === 'acceptance' || of === 'delivery') && was !== null && was !== is;
}

/** The date that a reason is asked for, where it is among these. */
function dateOf(reason: OverdueReason, moved: readonly Moved[]): Moved | undefined {
  if (!isAsked(reason)) return undefined;
  return moved.find(({ element, was }) => element === reason.node && was === reason.dueAt);
}

/** The date that had passed when a rule issued the order, where it is among these. */
function groundOf({ rule, warning, node, issuedAt }: Order, moved: readonly Moved[]): Moved | undefined {
  if (rule === 'manual') return undefined;
  return moved.find(
    ({ element, limit, was }) =>
      element === node && (limit === 'statutory') === (warning === 'deepRed') && was! < issuedAt,
  );
}

function at({ node }: { node: string }): { node?: string } {
  return node === '' ? {} : { node };
}
