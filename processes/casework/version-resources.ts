import { isJsonObject } from '../../engine/kernel/json.ts';
import type { ProcessGraph } from '../../engine/model/graph.ts';
import { beginsCase, noneStart } from '../../engine/model/starts.ts';
import type { DefinitionRow } from '../../engine/store/ports.ts';
import type { StatedRules } from '../supervision/rules.ts';
import type { FormDefinition } from '../forms/index.ts';

/** What the guide says about an item; travels with the version as `resources.item`. */
export interface ItemData {
  readonly name?: string;
  readonly summary?: string;
  /** Id of the lead department. */
  readonly department?: string;
  readonly materials?: readonly { name: string; required?: boolean; note?: string }[];
  readonly steps?: readonly string[];
  /** What missed deadlines do, where it differs from the default. */
  readonly escalation?: StatedRules;
}

/** The item data of a version; empty for a process that was uploaded without. */
export function itemOf(definition: Pick<DefinitionRow, 'resources'>): ItemData {
  return isJsonObject(definition.resources.item) ? definition.resources.item : {};
}

/** A form of this version. Checked when it was published. Undefined: the process names a form nobody supplied. */
export function findForm(
  definition: Pick<DefinitionRow, 'resources'>,
  key: string | null | undefined,
): FormDefinition | undefined {
  if (!key || !isJsonObject(definition.resources.forms) || !Object.hasOwn(definition.resources.forms, key))
    return undefined;
  return definition.resources.forms[key] as unknown as FormDefinition;
}

/** The form that starts a case by hand: that of the none start event. */
export function findStartForm(
  definition: Pick<DefinitionRow, 'resources'>,
  graph: ProcessGraph,
): FormDefinition | undefined {
  return findForm(definition, noneStart(graph)?.form);
}

/** True where a person can start a case: the process has a start event that waits for nothing, or no start event at all. */
export function startsByHand(graph: ProcessGraph): boolean {
  const entries = graph.entries[''] ?? [];
  return noneStart(graph) !== undefined || !entries.some((id) => beginsCase(graph.nodes[id]!));
}

/** Form keys the process names, with the element that names them. */
export function namedForms(graph: ProcessGraph): { element: string; form: string }[] {
  return Object.values(graph.nodes).flatMap((node) => (node.form ? [{ element: node.id, form: node.form }] : []));
}
