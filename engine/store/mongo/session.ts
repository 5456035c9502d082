import type { Clock } from '../../kernel/clock.ts';
import type { Collections, Hold } from './documents.ts';
import type { Projector } from './projector.ts';
import type { Settle } from './settle.ts';

/** Where a test may stop a node: after the holds, after the durable write, after the projection. */
export type Failpoint = 'held' | 'written' | 'projected';

/** What every operation of an open store works with. */
export interface Session {
  readonly into: Collections;
  readonly clock: Clock;
  readonly projector: Projector;
  readonly settle: Settle;
  readonly reach: (point: Failpoint) => Promise<void> | void;
  newHold(anchor: Hold['anchor'], id: string | undefined, rev: number): Hold;
}
