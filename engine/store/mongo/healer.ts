import { REMEMBER_MS } from './project.ts';
import type { Session } from './session.ts';
import { within } from './within.ts';

const FORGET_EVERY_MS = 3_600_000;
const BATCH = 1_000;

/** A look begins nothing more after that long, ms; the next one goes on. */
const LOOK_MS = 30_000;
/** After that long one command hangs: each has limits, but a server that sends its answer bit by bit keeps within them. */
const HUNG_MS = 60_000;

/** Looks every so often (with jitter, so that nodes do not look in step) for what dead nodes left, and tidies. */
export function startHealer(session: Session, every: number, onError: (error: unknown) => void) {
  let stopped = every === 0;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<unknown> = Promise.resolve();
  let forgotAt = 0;

  async function look(isOver: () => boolean): Promise<void> {
    await session.projector.heal({ isOver });
    const now = session.clock.now();
    if (isOver() || now - forgotAt < FORGET_EVERY_MS) return;
    forgotAt = now;
    await forget(session, forgotAt - REMEMBER_MS, isOver);
  }

  function tick(): void {
    if (stopped) return;
    const end = performance.now() + LOOK_MS;
    looking = within(
      HUNG_MS,
      look(() => performance.now() >= end),
    )
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

/** When a row was removed, or until when it counts. */
const GOES_BY = {
  jobs: 'goneAt',
  subscriptions: 'goneAt',
  incidents: 'goneAt',
  records: 'goneAt',
  receipts: 'expiresAt',
} as const;

/** Rows that went before that instant: nothing late brings them back any more. Ends early when `isOver`. */
export async function forget(
  { into }: Pick<Session, 'into'>,
  before: number,
  isOver: () => boolean = () => false,
): Promise<void> {
  for (const [name, field] of Object.entries(GOES_BY)) {
    const collection = into[name as 'jobs'];
    while (!isOver()) {
      const gone = await collection
        .find({ [field]: { $lte: before } }, { projection: { _id: 1 } })
        .limit(BATCH)
        .toArray();
      if (gone.length === 0) break;
      await collection.deleteMany({ _id: { $in: gone.map(({ _id }) => _id) }, [field]: { $lte: before } });
    }
  }
}
