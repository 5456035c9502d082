import { unavailableRejection } from '../refusals.ts';
import { DECLARED, type IndexDeclaration } from './collections.ts';
import { connect, MongoServerError, type Db } from './driver.ts';

/** Creates what is missing; what is there stays. Safe to run again, and while nodes are at work. */
export async function createIndexes(uri: string): Promise<string[]> {
  const connection = await connect({ uri, patient: true });
  try {
    const missing = await missingIndexes(connection.db!);
    for (const [name, { indexes }] of DECLARED) {
      const wanted = indexes.filter((index) => missing.includes(`${name}.${index.name}`));
      if (wanted.length > 0) await connection.db!.collection(name).createIndexes(wanted.map(specificationOf));
    }
    return missing;
  } finally {
    await connection.close();
  }
}

/** `collection.index` of every declared index that the database lacks or has with other keys. */
export async function missingIndexes(db: Db): Promise<string[]> {
  const lists = await Promise.all(DECLARED.map(async ([name, { indexes }]) => lacking(db, name, indexes)));
  return lists.flat();
}

/** `store.unavailable` with the names of all indexes that are missing. */
export async function refuseMissingIndexes(db: Db): Promise<void> {
  const missing = await missingIndexes(db);
  if (missing.length === 0) return;
  throw unavailableRejection(`these indexes are missing: ${missing.join(', ')}. Run: npm run migrate`);
}

async function lacking(db: Db, collection: string, wanted: readonly IndexDeclaration[]): Promise<string[]> {
  if (wanted.length === 0) return [];
  const found = new Map((await indexesOf(db, collection)).map((index) => [index.name, index]));
  return wanted
    .filter(({ name, keys, unique }) => {
      const index = found.get(name);
      const same = JSON.stringify(index?.key) === JSON.stringify(keys);
      return !same || (index?.unique === true) !== (unique === true);
    })
    .map(({ name }) => `${collection}.${name}`);
}

async function indexesOf(db: Db, collection: string): Promise<{ name?: string; key: object; unique?: boolean }[]> {
  try {
    return await db.collection(collection).indexes();
  } catch (error) {
    const noCollection = 26;
    if (error instanceof MongoServerError && error.code === noCollection) return [];
    throw error;
  }
}

function specificationOf({ name, keys, unique, sparse }: IndexDeclaration) {
  return { name, key: { ...keys }, ...(unique && { unique }), ...(sparse && { sparse }) };
}
