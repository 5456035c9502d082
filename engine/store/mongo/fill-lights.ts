import type { CaseRow } from '../ports.ts';
import { connect, type Collection, type ConnectOptions } from './driver.ts';
import { lightFields, type LightFields } from './lights.ts';
import { caseOf, taskOf } from './rows.ts';

/** A case or a task, as much as is needed here. */
interface Lit extends LightFields {
  _id: string;
  rev: number;
  body: string;
}

/** How many are read, and then written, at once. */
const BATCH = 200;

/**
 * Gives open cases and tasks that an older version wrote the fields by which their light is asked for; answers how many
 * of each. What is filled leaves the range of the index that it was found in: this may be stopped and run again, and run
 * while nodes are at work. What one of them writes in between is left to it, or found again.
 */
export async function fillLights(options: ConnectOptions): Promise<{ cases: number; tasks: number }> {
  const connection = await connect(options);
  try {
    const [cases, tasks] = [connection.db!.collection<Lit>('cases'), connection.db!.collection<Lit>('tasks')];
    return {
      cases: await fill(cases, { status: { $eq: 'active' } }, (document) => {
        const row = heldOrNot(caseOf(document));
        return { body: JSON.stringify(row), ...lightFields(row) };
      }),
      tasks: await fill(tasks, { unfinished: true }, (document) => lightFields(taskOf(document))),
    };
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
    const { modifiedCount } = await collection.bulkWrite(
      found.map((document) => ({
        updateOne: {
          filter: { _id: document._id, rev: { $eq: document.rev } },
          update: { $set: fieldsOf(document) },
        },
      })),
      { ordered: false },
    );
    filled += modifiedCount;
  }
}

/** Older versions did not keep with the case that it is held; its clock tells. */
function heldOrNot(row: CaseRow): CaseRow {
  const held = row.dueAt === null && row.clock?.holds.some(({ to }) => to === null);
  return held ? { ...row, held: true } : row;
}
