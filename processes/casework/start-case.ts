import type { CommandOptions } from '../../engine/engine.ts';
import type { JsonObject } from '../../engine/kernel/json.ts';
import { Rejection } from '../../engine/kernel/rejection.ts';
import type { CaseRow, DefinitionRow } from '../../engine/store/ports.ts';
import type { Person } from '../directory/index.ts';
import { nextCaseNumber } from './case-number.ts';
import { actorOf, type CaseworkDeps } from './deps.ts';
import { checkFormData, type CheckedData } from './form-data.ts';
import { handedInFor } from './uploaded-files.ts';
import { findNewestVersion, lastNewestVersion } from './versions.ts';
import { findStartForm, itemOf, startsByHand } from './version-resources.ts';

export interface Application {
  /** Key; the newest version is started. */
  readonly definition: string;
  readonly title?: string;
  readonly data: JsonObject;
}

/**
 * Takes an application: checks it against the start form, numbers the case, starts it. An applicant applies for
 * themselves and appears as the variables `applicant` (id, for assignees) and `applicantName`. `item.not_found`, `item.starts_by_message`, `form.invalid`
 */
export async function startCase(
  deps: CaseworkDeps,
  application: Application,
  person: Person,
  options?: CommandOptions<CaseRow>,
): Promise<CaseRow> {
  const { engine, region } = deps;
  const numbered = () => nextCaseNumber(engine.store, region, engine.now());
  // what fits the version that was the newest lately mostly fits the newest: then both are asked for at once
  const last = lastNewestVersion(engine, application.definition);
  const expected = last && (await checkApplication(deps, last, application, person).catch(() => undefined));
  const [definition, drawn] = await Promise.all([
    findNewestVersion(engine, application.definition),
    expected && numbered(),
  ]);
  if (!definition)
    throw new Rejection('not-found', 'item.not_found', `Expected item '${application.definition}', but there is none`, {
      item: application.definition,
    });
  const { variables, files } =
    expected && definition === last ? expected : await checkApplication(deps, definition, application, person);

  const number = drawn ?? (await numbered());
  const item = itemOf(definition);
  const applicant = person.role === 'applicant' ? person : undefined;
  return engine.startCase(
    {
      definitionKey: definition.key,
      version: definition.version,
      number,
      title: application.title ?? [item.name ?? definition.name, applicant?.name].filter(Boolean).join(' · '),
      applicant: applicant?.id ?? null,
      department: item.department ?? null,
      variables: { ...variables, applicant: applicant?.id ?? null, applicantName: applicant?.name ?? null },
      documents: (caseId) => handedInFor(caseId, files),
    },
    actorOf(person),
    options,
  );
}

/** What was filled in, checked against the start form of this version. */
async function checkApplication(
  deps: CaseworkDeps,
  definition: DefinitionRow,
  application: Application,
  person: Person,
): Promise<CheckedData> {
  const graph = await deps.engine.getGraph(definition.id);
  if (!startsByHand(graph))
    throw new Rejection(
      'invalid',
      'item.starts_by_message',
      `Expected to start '${definition.key}', but only a message starts it`,
      {
        item: definition.key,
      },
    );
  return checkFormData(findStartForm(definition, graph), application.data, { person, files: deps.files });
}
