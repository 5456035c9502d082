import type { Clock } from '../../kernel/clock.ts';
import type { Collections, Hold } from './documents.ts';
import { isDuplicate } from './driver.ts';
import type { Projector } from './projector.ts';

/**
 * What became of a write. `lost`: it may not land any more. `passed`: others have written since; it landed and is in place,
 * or it is lost, and either way nothing is held. `open`: it may still land.
 */
export type Settled = 'landed' | 'lost' | 'passed' | 'open';
export type Settle = (hold: Hold, now?: 'at once') => Promise<Settled>;

/** A write takes milliseconds. Calling one off too early costs it a retry and nothing else, so clocks may differ. */
const PATIENCE_MS = 10_000;

/**
 * Finds out whether the write that holds a row has landed (then its rows are put in place first). One that did not, for
 * long (or `at once`), is barred: its case, or the record it would make, refuses it from then on.
 */
export function settling(into: Collections, clock: Clock, projector: Projector): Settle {
  return async (hold, now) => {
    for (let hasPassed = false; ;) {
      const carrier = await into[hold.anchor as 'cases'].findOne(
        { _id: hold.id },
        { projection: { rev: 1, pending: 1, barred: 1 } },
      );
      if (carrier?.pending?.some(({ nonce }) => nonce === hold.nonce)) {
        await projector.projectAll(hold.anchor, hold.id);
        return 'landed';
      }
      if (carrier && carrier.rev !== hold.rev) {
        // said after a second look: the stand-in of the tests shows a document in the middle of a change, `rev` before `pending`
        if (hasPassed) return 'passed';
        hasPassed = true;
        continue;
      }
      if (carrier?.barred?.includes(hold.nonce)) return 'lost';
      if (now !== 'at once' && Math.abs(clock.now() - hold.at) < PATIENCE_MS) return 'open';
      if (await bar(into, hold, carrier !== null, clock.now())) return 'lost';
    }
  };
}

async function bar(into: Collections, hold: Hold, exists: boolean, now: number): Promise<boolean> {
  if (exists) {
    const filter = { _id: hold.id, rev: { $eq: hold.rev } };
    const update = { $addToSet: { barred: hold.nonce } };
    return (await into[hold.anchor as 'cases'].updateOne(filter, update)).matchedCount === 1;
  }
  try {
    const forget = hold.anchor === 'records' && { goneAt: now };
    await into[hold.anchor as 'records'].insertOne({ _id: hold.id, rev: hold.rev, barred: [hold.nonce], ...forget });
    return true;
  } catch (error) {
    if (isDuplicate(error)) return false;
    throw error;
  }
}
