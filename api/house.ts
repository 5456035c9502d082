import type { Logger } from 'pino';
import type { Store } from '../engine/store/ports.ts';
import type { WorkCalendar } from '../engine/time/index.ts';
import type { Calendars, KeptCalendars } from '../processes/calendars/index.ts';
import type { CaseworkDeps } from '../processes/casework/index.ts';
import type { Config } from './config.ts';
import type { DemoTime } from './demo/movable-clock.ts';
import type { LiveChanges } from './live/live-changes.ts';
import type { KnownTokens } from './http/known-tokens.ts';
import type { Sessions } from './http/sessions.ts';
import type { BoardCounts } from './operations/board-counts.ts';
import type { LongestOverdue } from './operations/longest-overdue.ts';
import type { Shared } from './operations/shared-look.ts';
import type { Metrics } from './operations/metrics.ts';
import type { Readiness } from './operations/readiness.ts';
import type { Stopping } from './operations/stopping.ts';

export type UiBuild = 'ready' | 'building' | 'failed';

/** Everything a route may use. Built once, in compose.ts. */
export interface House extends CaseworkDeps {
  readonly store: Store;
  /** The calendar of the house's own region, which its cases are counted with now. Ask anew: notices are loaded meanwhile. */
  readonly calendar: WorkCalendar;
  /** Every version there is now. */
  readonly calendars: Calendars;
  readonly keptCalendars: KeptCalendars;
  /** Absent in production. */
  readonly demoTime?: DemoTime;
  readonly config: Config;
  readonly log: Logger;
  readonly sessions: Sessions;
  readonly tokens: KnownTokens;
  readonly live: LiveChanges;
  /** What wakes due work, for the banner. */
  readonly queue: () => string;
  readonly uiBuild: () => UiBuild;
  readonly readiness: () => Promise<Readiness>;
  readonly stopping: Stopping;
  readonly metrics: Metrics;
  readonly boardCounts: () => Promise<Shared<BoardCounts>>;
  readonly longestOverdue: () => Promise<Shared<LongestOverdue>>;
}
