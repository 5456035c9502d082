import { createHash } from 'node:crypto';
import { canonicalJson, type JsonObject } from '../kernel/json.ts';

/** Identical content has an identical hash: SHA-256 in hex of a model, and of the files that travel with it where given. */
export function contentHash(model: Uint8Array | string, resources?: JsonObject): string {
  const hash = createHash('sha256').update(model);
  if (resources) hash.update('\0').update(canonicalJson(resources));
  return hash.digest('hex');
}

/** Versions of one key count 1, 2, 3 … without a gap. */
export function nextVersion(latest: { readonly version: number } | undefined): number {
  return (latest?.version ?? 0) + 1;
}
