import { datesForTasks } from '../listed-dates.ts';
import type { CaseRow } from '../ports.ts';
import { connect, type Collection, type ConnectOptions } from './driver.ts';
import { lightFields, type LightFields } from './lights.ts';
import { keyOf } from './keys.ts';
import { caseOf, taskFields, taskOf } from './rows.ts';

/** A case or a task, as much as is needed here. */
interface Lit extends LightFields {
  _id: string;
  rev: number;
  body: string;
}

/** How many are read, and then written, at once. */
const BATCH = 200;

/**
 * Gives open cases and tasks that an older version wrote the fields by which their light is asked for, and tasks without a
 * limit the dates of their case; answers how many of each. What is filled leaves the range of the index that it was found
 * in: this may be stopped and run again, and run while nodes are at work. What one of them writes in between is left to it,
 * or found again.
 */
export async function fillLights(options: ConnectOptions): Promise<{ cases: number; tasks: number }> {
  const connection = await connect(options);
  try {
    const [cases, tasks] = [connection.db!.collection<Lit>('cases'), connection.db!.collection<Lit>('tasks')];
    const filled = await fill(cases, { status: { $eq: 'active' } }, (document) => {
      const row = heldOrNot(caseOf(document));
      return { body: JSON.stringify(row), ...lightFields(row) };
    });
    const lit = await fill(tasks, { unfinished: true }, (document) => lightFields(taskOf(document)));
    return { cases: filled, tasks: lit + (await fillByCase(tasks, cases)) };
  } finally {
    await connection.close();
  }
}

async function fill(
  collection: Collection<Lit>,
  open: object,
  fieldsOf: (document: Lit) => Partial<Lit>,
): Promise<number> {
  let filled = 0;
  for (;;) {
    const found = await collection
      .find({ ...open, clock: { $eq: null } } as never, { projection: { rev: 1, body: 1 } })
      .limit(BATCH)
      .toArray();
    if (found.length === 0) return filled;
    filled += await update(
      collection,
      found.map((document) => [document, fieldsOf(document)]),
    );
  }
}

/** Open tasks that nothing limits, where their case is limited. */
async function fillByCase(tasks: Collection<Lit>, cases: Collection<Lit>): Promise<number> {
  const unlimited = tasks
    .find({ unfinished: true, clock: { $eq: 'none' } } as never, { projection: { rev: 1, body: 1 } })
    .batchSize(BATCH);
  let filled = 0;
  let batch: Lit[] = [];
  for await (const document of unlimited) {
    batch.push(document);
    if (batch.length < BATCH) continue;
    filled += await giveDates(tasks, cases, batch);
    batch = [];
  }
  return filled + (await giveDates(tasks, cases, batch));
}

async function giveDates(tasks: Collection<Lit>, cases: Collection<Lit>, batch: readonly Lit[]): Promise<number> {
  const rows = batch.map((document) => ({ document, task: taskOf(document) }));
  const ids = [...new Set(rows.map(({ task }) => keyOf(task.caseId)))];
  const found = await cases.find({ _id: { $in: ids } }, { projection: { body: 1 } }).toArray();
  const dates = new Map(found.map((document) => [document._id, datesForTasks(caseOf(document))]));
  return update(
    tasks,
    rows.flatMap(({ document, task }) => {
      const ofCase = dates.get(keyOf(task.caseId));
      return ofCase ? [[document, taskFields({ ...task, ofCase })] as const] : [];
    }),
  );
}

/** Only what nobody wrote since it was read. Answers how many were. */
async function update(
  collection: Collection<Lit>,
  changes: readonly (readonly [Lit, Partial<Lit>])[],
): Promise<number> {
  if (changes.length === 0) return 0;
  const { modifiedCount } = await collection.bulkWrite(
    changes.map(([{ _id, rev }, fields]) => ({
      updateOne: { filter: { _id, rev: { $eq: rev } }, update: { $set: fields } },
    })),
    { ordered: false },
  );
  return modifiedCount;
}

/** Older versions did not keep with the case that it is held; its clock tells. */
function heldOrNot(row: CaseRow): CaseRow {
  const held = row.dueAt === null && row.clock?.holds.some(({ to }) => to === null);
  return held ? { ...row, held: true } : row;
}
