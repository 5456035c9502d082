import { isHeld, type CaseRow } from '../../engine/index.ts';
import type { CommandOptions } from '../../engine/engine.ts';
import type { JsonObject, JsonValue } from '../../engine/kernel/json.ts';
import { Rejection } from '../../engine/kernel/rejection.ts';
import { may, type Person } from '../directory/index.ts';
import { applicantView } from './applicant-view.ts';
import { actorOf, type CaseworkDeps } from './deps.ts';
import { checkFormData } from './form-data.ts';
import { fileNotFound } from './uploaded-files.ts';
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
 * The applicant hands in what was missing: a note, files, and values of the application that they correct, which are
 * checked against the start form together with those that stay. `form.invalid`, `file.not_found` and what the engine refuses
 */
export async function answerSupplement(
  deps: CaseworkDeps,
  { row, note, files, data }: { row: CaseRow; note: string; files: readonly string[]; data: JsonObject },
  person: Person,
  options?: CommandOptions<CaseRow>,
): Promise<CaseRow> {
  const references: JsonValue[] = [];
  for (const id of files) {
    const record = await deps.files.find(id);
    if (record?.owner !== person.id) throw fileNotFound(id);
    references.push({ id, name: record.name, size: record.size, type: record.type });
  }
  const corrected = await correctedData(deps, row, data, person);
  for (const id of [...files, ...corrected.files]) await deps.files.attach(id, row.number);
  return deps.engine.answerSupplement(
    { caseId: row.id, note, files: references, variables: corrected.variables },
    actorOf(person),
    options,
  );
}

async function correctedData(deps: CaseworkDeps, row: CaseRow, data: JsonObject, person: Person) {
  if (Object.keys(data).length === 0) return { variables: {}, files: [] };
  const form = findStartForm(
    await getVersion(deps.engine, row.definitionId),
    await deps.engine.getGraph(row.definitionId),
  );
  const known = form ? applicantView(row.state.scopes['0']?.variables ?? {}, [form]) : {};
  const checked = await checkFormData(form, { ...known, ...data }, { person, files: deps.files });
  const changed = Object.entries(checked.variables).filter(([name]) => Object.hasOwn(data, name));
  return { variables: Object.fromEntries(changed), files: checked.files };
}
