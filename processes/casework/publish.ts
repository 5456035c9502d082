import type { CheckedUpload, CheckedWith, Deployment, Upload } from '../../engine/engine.ts';
import type { JsonObject } from '../../engine/kernel/json.ts';
import type { Finding } from '../../engine/model/finding.ts';
import type { ProcessGraph } from '../../engine/model/graph.ts';
import { checkForm } from '../forms/index.ts';
import type { Person } from '../directory/index.ts';
import { actorOf, type CaseworkDeps } from './deps.ts';
import { isReceptionWindow } from './joint-handling.ts';
import { namedForms } from './version-resources.ts';

export interface Publication {
  readonly bytes: Uint8Array;
  /** Form definitions as JSON values. */
  readonly forms?: readonly unknown[];
  readonly item?: JsonObject | undefined;
}

type Publishing = Pick<CaseworkDeps, 'engine' | 'directory'>;

/** Reads and checks a process file. A form it names and nobody supplies is a warning: the task then takes free data. */
export async function checkProcess(deps: Publishing, publication: Publication): Promise<CheckedUpload> {
  const checked = await deps.engine.checkUpload(publication.bytes, checkedWith(deps, publication));
  const supplied = checkedForms(publication);
  const missing = await Promise.all(
    checked.graphs.map(async (graph) => missingForms(graph, await resourcesOf(deps, graph.key, { forms: supplied }))),
  );
  return { ...checked, findings: [...checked.findings, ...missing.flat()] };
}

/**
 * Publishes a process with its forms, or the processes of a collaboration with theirs. What is not supplied stays as in
 * the version before. `definition.findings`, `form.bad_definition` (details.pointer)
 */
export async function publishProcess(deps: Publishing, publication: Publication, person: Person): Promise<Deployment> {
  const forms = checkedForms(publication);
  const missing: Finding[] = [];
  const upload: Upload = {
    bytes: publication.bytes,
    ...checkedWith(deps, publication),
    async resourcesOf(graph, index) {
      const resources = await resourcesOf(deps, graph.key, { forms, item: itemFor(publication, index) });
      missing.push(...missingForms(graph, resources));
      return resources;
    },
  };
  const deployment = await deps.engine.deploy(upload, actorOf(person));
  return { ...deployment, findings: [...deployment.findings, ...missing] };
}

/** The item is what the file is published for: it belongs to its first process. */
function itemFor({ item }: Publication, index: number): JsonObject | undefined {
  return index === 0 ? item : undefined;
}

/** The item that is supplied, else that of the version before; and who only receives, by the directory. */
function checkedWith(deps: Publishing, publication: Publication): CheckedWith {
  return {
    itemOf: async (key, index) => itemFor(publication, index) ?? (await resourcesBefore(deps, key)).item,
    onlyReceives: (department) => isReceptionWindow(deps.directory, department),
  };
}

/** By key. `form.bad_definition` (details.pointer) */
function checkedForms({ forms = [] }: Publication): JsonObject {
  const checked = forms.map((json) => checkForm(json));
  return Object.fromEntries(checked.map((form) => [form.key, form as unknown as JsonObject]));
}

async function resourcesBefore({ engine }: Publishing, key: string): Promise<JsonObject> {
  const latest = await engine.store.latestDefinition(key);
  return (latest && (await engine.store.findDefinition(latest.id)))?.resources ?? {};
}

/** Of the next version of this key: what is supplied, over what the version before has. */
async function resourcesOf(
  deps: Publishing,
  key: string,
  { forms, item }: { forms: JsonObject; item?: JsonObject | undefined },
): Promise<JsonObject> {
  const before = await resourcesBefore(deps, key);
  const resources: JsonObject = { ...before };
  if (item) resources.item = item;
  if (Object.keys(forms).length > 0)
    resources.forms = { ...((before.forms as JsonObject | undefined) ?? {}), ...forms };
  return resources;
}

function missingForms(graph: ProcessGraph, resources: JsonObject): Finding[] {
  const known = (resources.forms ?? {}) as JsonObject;
  return namedForms(graph)
    .filter(({ form }) => !Object.hasOwn(known, form))
    .map(({ element, form }) => ({
      element,
      rule: 'form-supplied',
      severity: 'warning' as const,
      zh: `没有提供表单“${form}”，办理时可填写任意数据。`,
      en: `Form "${form}" is not supplied; this step takes any data.`,
    }));
}
