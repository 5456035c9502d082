import { createHash } from 'node:crypto';
import type { Store } from '../../engine/store/ports.ts';

const COLLECTION = 'api-tokens';

/** Lets whoever shows this token act as the person. Only its SHA-256 is kept. */
export async function addApiToken(store: Store, token: string, personId: string): Promise<void> {
  await store.putDocument(COLLECTION, digest(token), { person: personId });
}

/** The person a token acts as. */
export async function findTokenPerson(store: Store, token: string): Promise<string | undefined> {
  const document = await store.getDocument(COLLECTION, digest(token));
  return typeof document?.person === 'string' ? document.person : undefined;
}

function digest(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
