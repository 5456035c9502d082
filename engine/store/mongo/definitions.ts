import type { JsonObject } from '../../kernel/json.ts';
import type { DefinitionRow, DefinitionSummary } from '../ports.ts';
import { compareText } from '../order.ts';
import { keyOf } from './keys.ts';
import type { Session } from './session.ts';

const SUMMARY = { projection: { summary: 1 } } as const;

const summaryOf = ({ summary }: { summary: string }) => JSON.parse(summary) as DefinitionSummary;

export async function findDefinition({ into }: Session, id: string): Promise<DefinitionRow | undefined> {
  const found = await into.definitions.findOne({ _id: keyOf(id) });
  if (!found) return undefined;
  return { ...summaryOf(found), xml: found.xml, resources: JSON.parse(found.resources) as JsonObject };
}

export async function latestDefinition({ into }: Session, key: string): Promise<DefinitionSummary | undefined> {
  const found = await into.definitions
    .find({ key: keyOf(key) }, SUMMARY)
    .sort({ version: -1 })
    .limit(1)
    .toArray();
  return found[0] && summaryOf(found[0]);
}

export async function listDefinitions({ into }: Session, key?: string): Promise<DefinitionSummary[]> {
  if (key !== undefined) {
    return (
      await into.definitions
        .find({ key: keyOf(key) }, SUMMARY)
        .sort({ version: -1 })
        .toArray()
    ).map(summaryOf);
  }
  const newest = new Map<string, DefinitionSummary>();
  for await (const found of into.definitions.find({}, SUMMARY).sort({ key: 1, version: -1 })) {
    const summary = summaryOf(found);
    if (!newest.has(summary.key)) newest.set(summary.key, summary);
  }
  return [...newest.values()].sort((a, b) => compareText(a.key, b.key));
}
