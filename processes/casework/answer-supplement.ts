import type { CommandOptions } from '../../engine/engine.ts';
import type { CaseRow } from '../../engine/index.ts';
import { canonicalJson, type JsonObject, type JsonValue } from '../../engine/kernel/json.ts';
import { Rejection } from '../../engine/kernel/rejection.ts';
import type { Defect, Remedy } from '../../engine/store/ports.ts';
import { openSupplement } from '../../engine/time/index.ts';
import type { Person } from '../directory/index.ts';
import { applicantView } from './applicant-view.ts';
import { actorOf, type CaseworkDeps } from './deps.ts';
import { checkFormData } from './form-data.ts';
import { startFormOf } from './supplement.ts';
import { fileNotFound, handedInFor } from './uploaded-files.ts';

export interface GivenAnswer {
  readonly note?: string;
  /** Ids of files for no defect in particular. */
  readonly files: readonly string[];
  readonly remedies: readonly GivenRemedy[];
  /** Values of the application that are corrected; null or blank: cleared. */
  readonly data: JsonObject;
}

export interface GivenRemedy {
  /** Its place in the notice, from 0. */
  readonly defect: number;
  readonly files: readonly string[];
  readonly note?: string;
}

/**
 * The applicant hands in what was missing, all at once: corrected values of the application, checked against its form
 * together with those that stay, and files or words for the other defects. `form.invalid`, `file.not_found`,
 * `supplement.incomplete` (details.errors: each defect that nothing was done about), `supplement.unknown_defect` and what
 * the engine refuses
 */
export async function answerSupplement(
  deps: CaseworkDeps,
  row: CaseRow,
  { note, files, remedies, data }: GivenAnswer,
  person: Person,
  options?: CommandOptions<CaseRow>,
): Promise<CaseRow> {
  const handedIn = await Promise.all(files.map((id) => ownFile(deps, id, person)));
  const done: Remedy[] = await Promise.all(
    remedies.map(async (remedy) => ({
      ...remedy,
      files: await Promise.all(remedy.files.map((id) => ownFile(deps, id, person))),
    })),
  );
  const corrected = await correctedData(deps, row, data, person);
  refusePartial(openSupplement(row.clock!.phases!)?.defects ?? [], done, corrected.variables);
  const all = [...files, ...remedies.flatMap((remedy) => remedy.files), ...corrected.files];
  return deps.engine.answerSupplement(
    {
      caseId: row.id,
      ...(note !== undefined && { note }),
      files: handedIn,
      remedies: done,
      variables: corrected.variables,
      documents: handedInFor(row.id, all),
    },
    actorOf(person),
    options,
  );
}

/** What the house knows about a file that the person has uploaded. `file.not_found` */
async function ownFile({ files }: CaseworkDeps, id: string, person: Person): Promise<JsonValue> {
  const record = await files.find(id);
  if (record?.owner !== person.id) throw fileNotFound(id);
  return { id, name: record.name, size: record.size, type: record.type };
}

/** The office told everything at once, so it is answered at once: each defect by another value, a file, or words. */
function refusePartial(defects: readonly Defect[], remedies: readonly Remedy[], variables: JsonObject): void {
  const stray = remedies.find(({ defect }) => !defects[defect]);
  if (stray)
    throw new Rejection('invalid', 'supplement.unknown_defect', `Expected a defect from 0 to ${defects.length - 1}`, {
      defect: stray.defect,
    });
  const done = new Set(
    remedies.filter(({ files, note }) => files.length > 0 || note !== undefined).map(({ defect }) => defect),
  );
  const errors = defects.flatMap(({ field, material, problem }, index) => {
    if (done.has(index) || (field !== undefined && Object.hasOwn(variables, field))) return [];
    const pointer = field === undefined ? `/remedies/${index}` : `/data/${field}`;
    return {
      pointer,
      code: 'supplement.unanswered',
      zh: `“${material}”还没有补正：${problem}`,
      en: `“${material}” is not supplemented yet: ${problem}`,
    };
  });
  if (errors.length > 0)
    throw new Rejection(
      'invalid',
      'supplement.incomplete',
      `Expected an answer to each of ${defects.length} defects, but ${errors.length} have none`,
      { errors },
    );
}

/** The values that are others than before, checked with those that stay; null: cleared. */
async function correctedData(deps: CaseworkDeps, row: CaseRow, data: JsonObject, person: Person) {
  if (Object.keys(data).length === 0) return { variables: {}, files: [] };
  const form = await startFormOf(deps, row);
  const variables = row.state.scopes['0']?.variables ?? {};
  const known = form ? applicantView(variables, [form]) : {};
  const checked = await checkFormData(form, { ...known, ...data }, { person, files: deps.files });
  const readOnly = new Set(form?.fields.filter((field) => field.readOnly).map(({ name }) => name));
  const changed = Object.keys(data)
    .filter((name) => !readOnly.has(name))
    .map((name): [string, JsonValue] => [name, checked.variables[name] ?? null])
    .filter(([name, value]) => canonicalJson(value) !== canonicalJson(variables[name] ?? null));
  return { variables: Object.fromEntries(changed), files: checked.files };
}
