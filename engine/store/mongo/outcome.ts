import { isStoreTrouble } from '../../kernel/rejection.ts';
import type { Hold } from './documents.ts';
import { refusalOf } from './errors.ts';
import type { Session } from './session.ts';
import type { Settled } from './settle.ts';

/**
 * What became of a write that ended with an error. After trouble of server or network, which leaves it unknown, the
 * document that it wrote is asked, and a write that is not there is barred from landing late. Undefined: it cannot be
 * known, or the error was another.
 */
export async function outcomeOf({ settle }: Session, hold: Hold, error: unknown): Promise<Settled | undefined> {
  if (!isStoreTrouble(refusalOf(error))) return undefined;
  return settle(hold, 'at once').catch(() => undefined);
}

/** Another took the write for lost before it could land. */
export async function wasBarred({ into }: Session, { anchor, id, nonce }: Hold): Promise<boolean> {
  const found = await into[anchor as 'cases'].findOne({ _id: id }, { projection: { barred: 1 } });
  return found?.barred?.includes(nonce) ?? false;
}
