import { createHash, randomBytes } from 'node:crypto';
import type { JsonObject } from '../../engine/kernel/json.ts';
import type { Store } from '../../engine/store/ports.ts';

const COLLECTION = 'api-tokens';
const SHORT = 12;

/** What is kept of a token; the token itself is not. Instants in ms. */
export interface ApiToken {
  /** Whoever shows the token acts as this person, with the role and departments the directory gives them. */
  readonly person: string;
  /** What it is for. */
  readonly label?: string;
  readonly createdAt?: number;
  /** Absent: it does not expire. */
  readonly expiresAt?: number;
  readonly revokedAt?: number;
}

/** The documents of tokens: of a store, or of the process that has it open. */
export interface TokenDocuments {
  list(): Promise<{ id: string; document: JsonObject }[]>;
  put(id: string, document: JsonObject): Promise<void>;
}

export function tokenDocuments(store: Pick<Store, 'listDocuments' | 'putDocument'>): TokenDocuments {
  return {
    list: () => store.listDocuments(COLLECTION),
    put: (id, document) => store.putDocument(COLLECTION, id, document),
  };
}

/** A new token, which is never shown again. */
export async function createApiToken(documents: TokenDocuments, about: ApiToken): Promise<string> {
  const token = `ovt_${randomBytes(24).toString('base64url')}`;
  await addApiToken(documents, token, about);
  return token;
}

/** Lets whoever shows this token act as the person. Only its SHA-256 is kept. */
export async function addApiToken(documents: TokenDocuments, token: string, about: ApiToken): Promise<void> {
  await documents.put(tokenId(token), { ...about });
}

/** All that were ever made, each under the beginning of its digest: revoked ones stay, so that it is known what was. */
export async function listApiTokens(documents: TokenDocuments): Promise<(ApiToken & { id: string })[]> {
  const found = await documents.list();
  return found.map(({ id, document }) => ({ id: id.slice(0, SHORT), ...(document as unknown as ApiToken) }));
}

/** The token acts as nobody any more (see known-tokens.ts). False: there is none under this id. */
export async function revokeApiToken(documents: TokenDocuments, id: string, now: number): Promise<boolean> {
  const found = (await documents.list()).find((token) => token.id.slice(0, SHORT) === id);
  if (!found) return false;
  if (found.document.revokedAt === undefined) await documents.put(found.id, { ...found.document, revokedAt: now });
  return true;
}

export function isValid({ expiresAt, revokedAt }: Pick<ApiToken, 'expiresAt' | 'revokedAt'>, now: number): boolean {
  return revokedAt === undefined && (expiresAt === undefined || now < expiresAt);
}

export async function findToken(store: Pick<Store, 'getDocument'>, id: string): Promise<ApiToken | undefined> {
  return (await store.getDocument(COLLECTION, id)) as ApiToken | undefined;
}

/** All of them, by id. */
export async function readTokens(store: Pick<Store, 'listDocuments'>): Promise<Map<string, ApiToken>> {
  const found = await store.listDocuments(COLLECTION);
  return new Map(found.map(({ id, document }) => [id, document as unknown as ApiToken]));
}

/** What a token is kept under: its SHA-256. */
export function tokenId(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
