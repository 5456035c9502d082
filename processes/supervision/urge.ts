import type { CommandOptions } from '../../engine/engine.ts';
import { Rejection } from '../../engine/kernel/rejection.ts';
import type { CaseRow } from '../../engine/store/ports.ts';
import { CHINA_OFFSET_MS, dayOf, startOfDay } from '../../engine/time/index.ts';
import { actorOf } from '../casework/deps.ts';
import { may, type Person } from '../directory/index.ts';
import { alsoConcerned, supervisionOf, withSupervision, type Supervision } from './annex.ts';
import type { SupervisionDeps } from './deps.ts';
import { toldInstead } from './responsible.ts';
import { checkedText } from './text.ts';

export interface Urge {
  readonly caseId: string;
  /** Words for those who handle it. */
  readonly note?: string | undefined;
}

/**
 * 催办: whoever waits for a case, and whoever watches over it, asks its handlers to hurry. An applicant may once a day. That
 * the person may see the case is checked before. `urge.not_yours`, `case.closed`, `urge.once_a_day` (details.until)
 */
export async function urgeCase(
  { engine }: SupervisionDeps,
  { caseId, note }: Urge,
  person: Person,
  options?: CommandOptions<CaseRow>,
): Promise<CaseRow> {
  const text = note === undefined || note.trim() === '' ? undefined : checkedText(note);
  return engine.noteCase(
    {
      caseId,
      decide: async (row, graph) => {
        const now = engine.now();
        const refusal = refuseUrge(person, row, now);
        if (refusal) throw refusal;
        const told = await toldInstead(engine, row, graph);
        const note = text !== undefined && { note: text };
        return {
          events: [{ type: 'case.urged', data: { role: person.role, ...note, ...told } }],
          annex: withSupervision(row, {
            urges: oneMore(supervisionOf(row).urges, now, person),
            ...(told.departments && alsoConcerned(row, told.departments)),
          }),
        };
      },
    },
    actorOf(person),
    options,
  );
}

export function refuseUrge(
  person: Person,
  row: Pick<CaseRow, 'id' | 'status' | 'applicant' | 'annex'>,
  now: number,
): Rejection | undefined {
  const ofApplicant = person.role === 'applicant';
  if (!may(person, 'cases.urge') || (ofApplicant && row.applicant !== person.id))
    return new Rejection('forbidden', 'urge.not_yours', `Expected to urge case '${row.id}', but it is not theirs`, {
      case: row.id,
    });
  if (row.status !== 'active')
    return new Rejection('conflict', 'case.closed', `Expected an active case, but '${row.id}' is ${row.status}`, {
      case: row.id,
      status: row.status,
    });
  const until = ofApplicant ? urgedUntil(row) : undefined;
  if (until === undefined || until <= now) return undefined;
  return new Rejection('conflict', 'urge.once_a_day', `Expected no urge today, but there was one`, { until });
}

/** When its applicant may urge again: at the beginning of the local day after. Undefined: never urged. */
export function urgedUntil(row: Pick<CaseRow, 'annex'>): number | undefined {
  const at = supervisionOf(row).urges?.byApplicantAt;
  return at === undefined ? undefined : startOfDay(dayOf(at, CHINA_OFFSET_MS) + 1, CHINA_OFFSET_MS);
}

/** What is remembered of the urges of a case after one more. By nobody: by the system. */
export function oneMore(urges: Supervision['urges'], now: number, by?: Person): NonNullable<Supervision['urges']> {
  const byApplicantAt = by?.role === 'applicant' ? now : urges?.byApplicantAt;
  return { count: (urges?.count ?? 0) + 1, lastAt: now, ...(byApplicantAt !== undefined && { byApplicantAt }) };
}
