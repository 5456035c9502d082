import { REMEMBER_MS } from './project.ts';
import type { Session } from './session.ts';

const FORGET_EVERY_MS = 3_600_000;
const BATCH = 1_000;

/** Looks every so often (with jitter, so that nodes do not look in step) for what dead nodes left, and tidies. */
export function startHealer(session: Session, every: number, onError: (error: unknown) => void) {
  let stopped = every === 0;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<unknown> = Promise.resolve();
  let forgotAt = 0;

  async function look(): Promise<void> {
    await session.projector.heal();
    const now = session.clock.now();
    if (now - forgotAt < FORGET_EVERY_MS) return;
    forgotAt = now;
    await forget(session, forgotAt - REMEMBER_MS);
  }

  function tick(): void {
    if (stopped) return;
    looking = look()
      .catch(onError)
      .finally(() => {
        if (!stopped) timer = setTimeout(tick, every * (0.7 + 0.6 * Math.random())).unref();
      });
  }

  if (!stopped) timer = setTimeout(tick, every).unref();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await looking;
    },
  };
}

/** Rows removed before that instant. Nothing late brings them back any more. */
export async function forget({ into }: Pick<Session, 'into'>, before: number): Promise<void> {
  for (const name of ['jobs', 'subscriptions', 'incidents', 'records'] as const) {
    const collection = into[name as 'jobs'];
    for (;;) {
      const gone = await collection
        .find({ goneAt: { $lte: before } }, { projection: { _id: 1 } })
        .limit(BATCH)
        .toArray();
      if (gone.length === 0) break;
      await collection.deleteMany({ _id: { $in: gone.map(({ _id }) => _id) }, goneAt: { $lte: before } });
    }
  }
}
