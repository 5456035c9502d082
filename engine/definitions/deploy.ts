import type { Actor, Deployment, Upload } from '../engine.ts';
import type { Clock } from '../kernel/clock.ts';
import type { JsonObject, JsonValue } from '../kernel/json.ts';
import { Rejection } from '../kernel/rejection.ts';
import type { ProcessGraph } from '../model/graph.ts';
import { messageStarts } from '../model/starts.ts';
import { checkUpload, contentHash, nextVersion } from '../model/index.ts';
import { publishedIn } from './graphs.ts';
import type { Commit, DefinitionRow, DefinitionSummary, Store } from '../store/ports.ts';

/**
 * Publishes an upload as the next version of its key; a file with several processes publishes each of them. Content that
 * is already the newest version is recognised; running cases stay on theirs. `definition.findings` (details.findings), and
 * what `checkUpload` refuses.
 */
export async function deploy(
  deps: DeployDeps,
  { bytes, resources = {}, resourcesOf = async () => resources, itemOf = async () => resources.item, ...by }: Upload,
  actor: Actor,
): Promise<Deployment> {
  const { ok, findings, xml, graphs } = await checkUpload(bytes, {
    publishedOf: publishedIn(deps.store),
    ...by,
    itemOf,
  });
  if (!ok) {
    throw new Rejection('invalid', 'definition.findings', 'Expected a model that can run, but the check found errors', {
      findings: findings as unknown as JsonValue,
    });
  }
  const versions: Parameters<typeof publish>[1][] = [];
  for (const [index, graph] of graphs.entries())
    versions.push({ graph, xml, resources: await resourcesOf(graph, index) });
  const published: Published[] = [];
  for (const version of versions) published.push(await publish(deps, version, actor));
  const [first, ...others] = published;
  return { ...first!, others, findings };
}

export interface DeployDeps {
  readonly store: Store;
  readonly clock: Clock;
  graphOf(definitionId: string): Promise<ProcessGraph>;
  /** The jobs by which a version starts cases itself, in place of those of the version before. */
  startJobs(next: Version, before: Version | undefined, now: number): Promise<Commit['jobs']>;
  due(at: number): void;
}

export interface Version {
  readonly definition: Pick<DefinitionSummary, 'id'>;
  readonly graph: ProcessGraph;
}

type Published = Deployment['others'][number];

async function publish(
  { store, clock, graphOf, startJobs, due }: DeployDeps,
  { graph, xml, resources }: { graph: ProcessGraph; xml: string; resources: JsonObject },
  actor: Actor,
): Promise<Published> {
  const { key, name } = graph;
  const hash = contentHash(xml, resources);
  for (;;) {
    const latest = await store.latestDefinition(key);
    if (latest?.hash === hash) return { definition: summaryOf(latest), created: false };
    const version = nextVersion(latest);
    const row: DefinitionRow = {
      id: `${key}:${version}`,
      key,
      version,
      name,
      hash,
      xml,
      resources,
      deployedAt: clock.now(),
      deployedBy: actor.id,
    };
    const before = latest && { definition: latest, graph: await graphOf(latest.id) };
    const jobs = await startJobs({ definition: row, graph }, before, clock.now());
    // somebody may have taken this number meanwhile: look again
    const starts = messageStarts(graph).map((each) => each.name);
    if (!(await store.addDefinition(row, jobs, starts))) continue;
    if (starts.length > 0) due(clock.now());
    for (const { dueAt } of jobs.put) due(dueAt);
    return { definition: summaryOf(row), created: true };
  }
}

function summaryOf({ id, key, version, name, hash, deployedAt, deployedBy }: DefinitionSummary): DefinitionSummary {
  return { id, key, version, name, hash, deployedAt, deployedBy };
}
