import { DECLARED, type IndexDeclaration } from '../../engine/store/mongo/collections.ts';

type Json = Record<string, unknown>;

/** A command as the driver sends it: `{ find: 'tasks', filter: …, sort: … }`. */
export interface Command {
  readonly name: string;
  readonly body: Json;
}

export interface Audit {
  /** Sentences about what must not be sent; empty when all is well. */
  readonly problems: string[];
  /** `collection.index` of the declared indexes that some command needed. */
  readonly used: Set<string>;
  count: number;
  check(command: Command): void;
}

const HARMLESS = new Set([
  'getMore',
  'killCursors',
  'endSessions',
  'buildInfo',
  'createIndexes',
  'listIndexes',
  'dropDatabase',
]);
const COMPARISONS = new Set(['$eq', '$in', '$ne', '$lt', '$lte', '$gt', '$gte', '$regex']);
const UPDATES = new Set([
  '$set',
  '$unset',
  '$inc',
  '$max',
  '$push',
  '$pull',
  '$addToSet',
  '$setOnInsert',
  '$currentDate',
]);
const STAGES = new Set(['$match', '$group', '$sort', '$limit', '$project']);
/** The stand-in takes these and does not do them, or refuses them; real servers of some kinds do not know them. */
const PRETENDED =
  /"(\$dateTrunc|\$switch|\$setWindowFields|\$unionWith|\$percentile|\$near|\$text|\$changeStream|\$where|\$function|\$expr|collation|partialFilterExpression|expireAfterSeconds|validator|explain)":|"\$\$NOW"|"(text|2dsphere)"/;

/** Judges every command by the declared indexes and by what every kind of server does alike. */
export function createAudit(): Audit {
  const audit: Audit = { problems: [], used: new Set(), count: 0, check };
  const said = (problem: string, body: Json) => {
    const text = `${problem}: ${JSON.stringify(body).slice(0, 400)}`;
    if (audit.problems.length < 50) audit.problems.push(text);
  };

  function check({ name, body }: Command): void {
    audit.count++;
    const wrong = (problem: string) => said(problem, body);
    if (body.autocommit === false || body.startTransaction) wrong('a transaction');
    if (PRETENDED.test(JSON.stringify(withoutData(name, body)))) wrong('an operation that not every server does');
    if (HARMLESS.has(name)) return;
    const collection = String(body[name]);
    if (!DECLARED.some(([declared]) => declared === collection)) return wrong('an undeclared collection');
    if (name === 'insert') return;
    if (name === 'find') return checkSearch(collection, body.filter as Json, sortOf(body.sort), wrong);
    if (name === 'aggregate') return checkPipeline(collection, body.pipeline as Json[], wrong);
    if (name === 'update') {
      for (const { q, u } of body.updates as { q: Json; u: Json }[]) checkUpdate(collection, q, u, wrong);
      return;
    }
    if (name === 'findAndModify') return checkUpdate(collection, body.query as Json, body.update as Json, wrong);
    if (name === 'delete') {
      for (const { q } of body.deletes as { q: Json }[]) if (!namesOne(collection, q)) wrong('a delete without _id');
      return;
    }
    wrong(`an unexpected command '${name}'`);
  }

  function checkUpdate(collection: string, query: Json, update: Json, wrong: (problem: string) => void): void {
    if (Array.isArray(update)) return wrong('an update by pipeline');
    if (!namesOne(collection, query)) wrong('an update that names neither _id nor the shard key');
    for (const operator of Object.keys(update)) if (!UPDATES.has(operator)) wrong(`an update by '${operator}'`);
    for (const path of Object.values(update).flatMap((fields) => Object.keys(fields as Json))) {
      if (!/^[a-zA-Z_]+$/.test(path)) wrong(`an update of the path '${path}'`);
    }
    for (const { operator } of conditionsOf(query))
      if (!COMPARISONS.has(operator)) wrong(`a comparison by '${operator}'`);
  }

  function checkPipeline(collection: string, stages: Json[], wrong: (problem: string) => void): void {
    for (const stage of stages)
      for (const name of Object.keys(stage)) if (!STAGES.has(name)) wrong(`the stage '${name}'`);
    // an index serves what comes before any other stage, and nothing later
    const searches = (stage: Json) => '$match' in stage || '$sort' in stage;
    const first = stages.findIndex((stage) => !searches(stage));
    const leading = first === -1 ? stages : stages.slice(0, first);
    const filter = { $and: leading.flatMap(({ $match }) => ($match === undefined ? [] : [$match])) };
    const sort = leading.flatMap(({ $sort }) => sortOf($sort));
    checkSearch(collection, filter, sort, wrong);
    if (stages.slice(leading.length).some(searches)) wrong('a search or sort among what a stage made');
    if (!countedAlong(collection, conditionsOf(filter), stages)) wrong('a count that reads documents');
  }

  function checkSearch(
    collection: string,
    filter: Json,
    sort: [string, 1 | -1][],
    wrong: (problem: string) => void,
  ): void {
    const conditions = conditionsOf(filter ?? {});
    for (const { operator } of conditions) if (!COMPARISONS.has(operator)) wrong(`a comparison by '${operator}'`);
    if (conditions.some(({ field, operator, sure }) => field === '_id' && sure && isEquality(operator))) return;
    const [, { indexes }] = DECLARED.find(([name]) => name === collection)!;
    const serving = indexes.filter((index) => serves(index, conditions, sort));
    if (serving.length === 0) wrong('a search that no declared index serves');
    // the one that needs the fewest looks besides it is the one it is there for
    const best = serving.sort((a, b) => narrowness(b, conditions) - narrowness(a, conditions))[0];
    if (best) audit.used.add(`${collection}.${best.name}`);
  }

  return audit;
}

interface Condition {
  field: string;
  operator: string;
  /** Holds for every document found; false below `$or`. */
  sure: boolean;
}

function conditionsOf(filter: Json, sure = true): Condition[] {
  return Object.entries(filter).flatMap(([field, value]): Condition[] => {
    if (field === '$and') return (value as Json[]).flatMap((part) => conditionsOf(part, sure));
    if (field === '$or') return (value as Json[]).flatMap((part) => conditionsOf(part, false));
    if (field.startsWith('$')) return [{ field, operator: field, sure }];
    const plain = Object.prototype.toString.call(value) === '[object Object]';
    const operators = plain ? Object.keys(value as Json) : ['$eq'];
    return operators.map((operator) => ({ field, operator: operator.startsWith('$') ? operator : '(document)', sure }));
  });
}

/** The driver keeps the order of a sort in a map. */
function sortOf(sort: unknown): [string, 1 | -1][] {
  const entries = sort instanceof Map ? [...sort] : Object.entries(sort ?? {});
  return entries as [string, 1 | -1][];
}

const isEquality = (operator: string) => operator === '$eq' || operator === '$in';
const isRange = (operator: string) => /^\$(lt|gt)e?$/.test(operator);

/** How many leading fields of the index are compared for equality. */
function prefixOf({ keys }: IndexDeclaration, conditions: Condition[]): number {
  const equal = new Set(
    conditions.filter(({ operator, sure }) => sure && isEquality(operator)).map(({ field }) => field),
  );
  const fields = Object.keys(keys);
  const end = fields.findIndex((field) => !equal.has(field));
  return end === -1 ? fields.length : end;
}

/** Equal fields, and half a field more for one that is bounded. */
function narrowness(index: IndexDeclaration, conditions: Condition[]): number {
  const equal = prefixOf(index, conditions);
  const next = Object.keys(index.keys)[equal];
  const isBounded = ({ field, operator, sure }: Condition) => field === next && sure && isRange(operator);
  return equal + (conditions.some(isBounded) ? 0.5 : 0);
}

/** Equality, then sort, then range; what the index does not hold must be declared as compared besides. */
function serves(index: IndexDeclaration, conditions: Condition[], sort: [string, 1 | -1][]): boolean {
  const fields = Object.keys(index.keys);
  const prefix = prefixOf(index, conditions);
  const bounded = (field: string | undefined) =>
    conditions.some((condition) => condition.field === field && condition.sure && isRange(condition.operator));
  if (index.sparse && prefix === 0 && !bounded(fields[0])) return false;
  if (sort.length > 0) {
    const along = sort.map(([field, direction], i) =>
      fields[prefix + i] === field ? direction * index.keys[field]! : 0,
    );
    if (along.includes(0) || new Set(along).size > 1) return false;
  } else if (prefix === 0 && !bounded(fields[0])) return false;
  const known = new Set([...fields, ...(index.besides ?? [])]);
  return conditions.every(({ field }) => known.has(field));
}

/** Some index holds all that is compared and grouped by, in one range: equal fields first, then the one that is bounded. */
function countedAlong(collection: string, conditions: Condition[], stages: Json[]): boolean {
  const group = stages.find((stage) => '$group' in stage)?.$group as Json | undefined;
  const fields = [...conditions.map(({ field }) => field), ...namedIn(group)];
  const [, { indexes }] = DECLARED.find(([name]) => name === collection)!;
  return indexes.some((index) => {
    const keys = Object.keys(index.keys);
    const end = prefixOf(index, conditions);
    const ranges = new Set(conditions.filter(({ operator }) => isRange(operator)).map(({ field }) => field));
    const oneRange = [...ranges].every((field) => field === keys[end]) && end + ranges.size > 0;
    return !index.sparse && oneRange && fields.every((field) => keys.includes(field));
  });
}

/** Fields that a stage reads: `$department`. */
function namedIn(stage: Json | undefined): string[] {
  const names = [...JSON.stringify(stage ?? {}).matchAll(/"\$([a-zA-Z_]+)"(?!:)/g)];
  return names.map(([, name]) => name!);
}

/** `_id`, or the shard key, compared for equality: one shard is asked, and documents are found by an index. */
function namesOne(collection: string, query: Json): boolean {
  const [, { shardKey }] = DECLARED.find(([name]) => name === collection)!;
  const names = ['_id', ...(shardKey === 'none' ? [] : Object.keys(shardKey))];
  return conditionsOf(query).some(({ field, operator, sure }) => sure && names.includes(field) && isEquality(operator));
}

/** Without the documents that are written: they may hold any text. */
function withoutData(name: string, body: Json): Json {
  if (name === 'insert') return { insert: body.insert };
  if (name === 'update') return { q: (body.updates as { q: Json }[]).map(({ q }) => shape(q)) };
  if (name === 'findAndModify') return { q: shape(body.query) };
  if (name === 'find') return { ...body, filter: shape(body.filter) };
  return body;
}

/** Names of fields and operators only. */
function shape(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shape);
  if (typeof value !== 'object' || value === null) return null;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, shape(part)]));
}
