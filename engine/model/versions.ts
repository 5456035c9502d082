import { createHash } from 'node:crypto';

/** Identical content has an identical hash: SHA-256 of the bytes as uploaded, in hex. */
export function contentHash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Versions of one key count 1, 2, 3 … without a gap. */
export function nextVersion(latest: { readonly version: number } | undefined): number {
  return (latest?.version ?? 0) + 1;
}
