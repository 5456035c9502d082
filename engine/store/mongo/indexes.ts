import { unavailableRejection } from '../refusals.ts';
import { DECLARED, type IndexDeclaration } from './collections.ts';
import { connect, MongoServerError, type Db } from './driver.ts';

/**
 * Creates what is missing, and answers its names; what is there stays. Safe to run again, and while nodes are at work.
 * `store.unavailable`: an index has the name of one that this version needs and is another. A server would refuse that one.
 */
export async function createIndexes(uri: string): Promise<string[]> {
  const connection = await connect({ uri, patient: true });
  try {
    const missing = await missingIndexes(connection.db!);
    const present = await presentIndexes(connection.db!);
    const others = missing.filter((name) => present.includes(name));
    if (others.length > 0)
      throw unavailableRejection(
        `these indexes are not as this version needs them: ${others.join(', ')}. Drop them, then run npm run migrate again`,
      );
    for (const [name, { indexes }] of DECLARED) {
      const wanted = indexes.filter((index) => missing.includes(`${name}.${index.name}`));
      if (wanted.length > 0) await connection.db!.collection(name).createIndexes(wanted.map(specificationOf));
    }
    return missing;
  } finally {
    await connection.close();
  }
}

/** `collection.index` of every index in our collections that this version does not declare: of older ones, or somebody's own. */
export async function undeclaredIndexes(uri: string): Promise<string[]> {
  const connection = await connect({ uri, patient: true });
  try {
    const declared = DECLARED.flatMap(([name, { indexes }]) => indexes.map((index) => `${name}.${index.name}`));
    return (await presentIndexes(connection.db!)).filter((name) => !declared.includes(name));
  } finally {
    await connection.close();
  }
}

async function presentIndexes(db: Db): Promise<string[]> {
  const lists = await Promise.all(
    DECLARED.map(async ([name]) => (await indexesOf(db, name)).map((index) => `${name}.${index.name}`)),
  );
  return lists.flat().filter((name) => !name.endsWith('._id_'));
}

/** `collection.index` of every declared index that the database lacks or has with other keys or options. */
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
    .filter(({ name, keys, unique, sparse }) => {
      const index = found.get(name);
      const same = JSON.stringify(index?.key) === JSON.stringify(keys);
      const alike = (index?.unique === true) === (unique === true) && (index?.sparse === true) === (sparse === true);
      return !same || !alike;
    })
    .map(({ name }) => `${collection}.${name}`);
}

interface FoundIndex {
  name?: string;
  key: object;
  unique?: boolean;
  sparse?: boolean;
}

async function indexesOf(db: Db, collection: string): Promise<FoundIndex[]> {
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
