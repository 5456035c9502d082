import { isHeld, type CaseRow } from '../../engine/index.ts';
import type { CommandOptions, NoticeSupplement } from '../../engine/engine.ts';
import { Rejection } from '../../engine/kernel/rejection.ts';
import { may, type Person } from '../directory/index.ts';
import type { FormDefinition } from '../forms/index.ts';
import { actorOf, type CaseworkDeps } from './deps.ts';
import { findStartForm } from './version-resources.ts';
import { getVersion } from './versions.ts';

type Row = Pick<CaseRow, 'id' | 'status' | 'applicant' | 'clock'>;

/** The window and the handlers tell what is missing, as long as the acceptance is under review. */
export function refuseNotice(person: Person, row: Row): Rejection | undefined {
  if (!may(person, 'cases.supplement'))
    return new Rejection('forbidden', 'supplement.not_yours', `Expected someone who may tell what '${row.id}' lacks`, {
      case: row.id,
    });
  return refusePhase(row);
}

/** The applicant answers for the own case. */
export function refuseAnswer(person: Person, row: Row): Rejection | undefined {
  if (!may(person, 'cases.answer') || row.applicant !== person.id)
    return new Rejection('forbidden', 'supplement.not_yours', `Expected the applicant of '${row.id}'`, {
      case: row.id,
    });
  const refusal = refusePhase(row);
  if (refusal) return refusal;
  if (isHeld(row) && row.clock!.phases!.supplements.at(-1)!.task === undefined) return undefined;
  return new Rejection('conflict', 'supplement.none_open', 'Expected a notice that waits for an answer, but none does');
}

function refusePhase(row: Row): Rejection | undefined {
  if (row.status !== 'active')
    return new Rejection('conflict', 'case.closed', `Expected an active case, but '${row.id}' is ${row.status}`, {
      case: row.id,
      status: row.status,
    });
  if (row.clock?.phases?.now === 'acceptance') return undefined;
  return new Rejection(
    'conflict',
    'supplement.not_in_review',
    'Expected a case whose acceptance is under review, but it is not',
    { case: row.id },
  );
}

/**
 * Tells the applicant what is missing or wrong. A defect that names a field names one of the application's form which they
 * can correct. `supplement.unknown_field` and what the engine refuses
 */
export async function noticeSupplement(
  deps: CaseworkDeps,
  row: CaseRow,
  notice: Omit<NoticeSupplement, 'caseId'>,
  person: Person,
  options?: CommandOptions<CaseRow>,
): Promise<CaseRow> {
  const named = notice.defects.flatMap(({ field }) => (field === undefined ? [] : [field]));
  const form = named.length > 0 ? await startFormOf(deps, row) : undefined;
  const field = named.find((name) => !form?.fields.some((each) => each.name === name && !each.readOnly));
  if (field !== undefined)
    throw new Rejection('invalid', 'supplement.unknown_field', `Expected a field of the application, not '${field}'`, {
      field,
    });
  return deps.engine.noticeSupplement({ ...notice, caseId: row.id }, actorOf(person), options);
}

/** The form that the application was made with. */
export async function startFormOf(
  { engine }: CaseworkDeps,
  { definitionId }: CaseRow,
): Promise<FormDefinition | undefined> {
  return findStartForm(await getVersion(engine, definitionId), await engine.getGraph(definitionId));
}
