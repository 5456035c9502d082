import type { Actor, Deployment } from '../engine.ts';
import type { Clock } from '../kernel/clock.ts';
import type { JsonObject, JsonValue } from '../kernel/json.ts';
import { Rejection } from '../kernel/rejection.ts';
import { checkUpload, contentHash, nextVersion } from '../model/index.ts';
import type { DefinitionRow, DefinitionSummary, Store } from '../store/ports.ts';

/**
 * Publishes an upload as the next version of its key. Content that is already the newest version is recognised; running
 * cases stay on theirs. `definition.findings` (details.findings), and what `checkUpload` refuses.
 */
export async function deploy(
  { store, clock }: { store: Store; clock: Clock },
  { bytes, resources = {} }: { bytes: Uint8Array; resources?: JsonObject },
  actor: Actor,
): Promise<Deployment> {
  const checked = await checkUpload(bytes);
  const { findings, key, name, xml } = checked;
  if (!checked.ok) {
    throw new Rejection('invalid', 'definition.findings', 'Expected a model that can run, but the check found errors', {
      findings: findings as unknown as JsonValue,
    });
  }
  const hash = contentHash(xml, resources);
  for (;;) {
    const latest = await store.latestDefinition(key);
    if (latest?.hash === hash) return { definition: summaryOf(latest), created: false, findings };
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
    // somebody may have taken this number meanwhile: look again
    if (await store.addDefinition(row)) return { definition: summaryOf(row), created: true, findings };
  }
}

function summaryOf({ id, key, version, name, hash, deployedAt, deployedBy }: DefinitionSummary): DefinitionSummary {
  return { id, key, version, name, hash, deployedAt, deployedBy };
}
