import type { CheckedUpload, Deployment } from '../../engine/engine.ts';
import type { JsonObject } from '../../engine/kernel/json.ts';
import type { Finding } from '../../engine/model/finding.ts';
import { checkForm } from '../forms/index.ts';
import type { Person } from '../directory/index.ts';
import { actorOf, type CaseworkDeps } from './deps.ts';
import { namedForms } from './version-resources.ts';

export interface Publication {
  readonly bytes: Uint8Array;
  /** Form definitions as JSON values. */
  readonly forms?: readonly unknown[];
  readonly item?: JsonObject | undefined;
}

/** Reads and checks a process file. A form it names and nobody supplies is a warning: the task then takes free data. */
export async function checkProcess(
  deps: Pick<CaseworkDeps, 'engine'>,
  publication: Publication,
): Promise<CheckedUpload> {
  const checked = await deps.engine.checkUpload(publication.bytes);
  const resources = await resourcesOfEach(deps, checked, publication);
  return { ...checked, findings: [...checked.findings, ...missingForms(checked, resources)] };
}

/**
 * Publishes a process with its forms, or the processes of a collaboration with theirs. What is not supplied stays as in
 * the version before. `definition.findings`, `form.bad_definition` (details.pointer)
 */
export async function publishProcess(
  deps: Pick<CaseworkDeps, 'engine'>,
  publication: Publication,
  person: Person,
): Promise<Deployment> {
  const checked = await deps.engine.checkUpload(publication.bytes);
  const resources = await resourcesOfEach(deps, checked, publication);
  const deployment = await deps.engine.deploy({ bytes: publication.bytes, resourcesOf: resources }, actorOf(person));
  return { ...deployment, findings: [...deployment.findings, ...missingForms(checked, resources)] };
}

/** By key of the process. The item is what the file is published for: it belongs to its first process. */
async function resourcesOfEach(
  deps: Pick<CaseworkDeps, 'engine'>,
  { key, graphs }: CheckedUpload,
  publication: Publication,
): Promise<Record<string, JsonObject>> {
  const keys = graphs.length > 0 ? graphs.map((graph) => graph.key) : [key];
  const each = await Promise.all(
    keys.map((one) => resourcesOf(deps, one, one === key ? publication : { ...publication, item: undefined })),
  );
  return Object.fromEntries(keys.map((one, index) => [one, each[index]!]));
}

async function resourcesOf(
  { engine }: Pick<CaseworkDeps, 'engine'>,
  key: string,
  { forms = [], item }: Publication,
): Promise<JsonObject> {
  const latest = key ? await engine.store.latestDefinition(key) : undefined;
  const before = (latest && (await engine.store.findDefinition(latest.id)))?.resources ?? {};
  const resources: JsonObject = { ...before };
  if (item) resources.item = item;
  if (forms.length > 0) {
    const all = { ...((before.forms as JsonObject | undefined) ?? {}) };
    for (const form of forms) Object.assign(all, checkedForm(form));
    resources.forms = all;
  }
  return resources;
}

function checkedForm(json: unknown): JsonObject {
  const form = checkForm(json);
  return { [form.key]: form as unknown as JsonObject };
}

function missingForms({ graphs }: CheckedUpload, resources: Readonly<Record<string, JsonObject>>): Finding[] {
  return graphs.flatMap((graph) => {
    const known = (resources[graph.key]?.forms ?? {}) as JsonObject;
    return namedForms(graph)
      .filter(({ form }) => !Object.hasOwn(known, form))
      .map(({ element, form }) => ({
        element,
        rule: 'form-supplied',
        severity: 'warning' as const,
        zh: `没有提供表单“${form}”，办理时可填写任意数据。`,
        en: `Form "${form}" is not supplied; this step takes any data.`,
      }));
  });
}
