import type { CommandOptions } from '../../engine/engine.ts';
import type { JsonObject } from '../../engine/kernel/json.ts';
import { Rejection } from '../../engine/kernel/rejection.ts';
import type { CaseRow } from '../../engine/store/ports.ts';
import type { Person } from '../directory/index.ts';
import { nextCaseNumber } from './case-number.ts';
import { actorOf, type CaseworkDeps } from './deps.ts';
import { checkFormData } from './form-data.ts';
import { findNewestVersion } from './versions.ts';
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
  const definition = await findNewestVersion(engine, application.definition);
  if (!definition)
    throw new Rejection('not-found', 'item.not_found', `Expected item '${application.definition}', but there is none`, {
      item: application.definition,
    });
  const graph = await engine.getGraph(definition.id);
  if (!startsByHand(graph))
    throw new Rejection(
      'invalid',
      'item.starts_by_message',
      `Expected to start '${definition.key}', but only a message starts it`,
      {
        item: definition.key,
      },
    );
  const { variables, files } = await checkFormData(findStartForm(definition, graph), application.data, {
    person,
    files: deps.files,
  });

  const number = await nextCaseNumber(engine.store, region, engine.now());
  for (const file of files) await deps.files.attach(file, number);
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
    },
    actorOf(person),
    options,
  );
}
