import type { Clock } from '../kernel/clock.ts';
import type { ProcessGraph } from '../model/graph.ts';
import type { CaseRow, Store } from '../store/ports.ts';
import type { WorkCalendar } from '../time/index.ts';
import type { Actor, CaseChange } from '../engine.ts';
import type { FollowUps } from './follow-ups.ts';

/** What every command needs. The engine builds it once. */
export interface CaseDeps {
  readonly store: Store;
  readonly clock: Clock;
  /** The calendar in force. Ask anew for each decision: a notice may be loaded at any time. */
  readonly calendar: WorkCalendar;
  readonly followUps: FollowUps;
  /** Looks for notices that another node has loaded. */
  refreshCalendar(): Promise<void>;
  graphOf(definitionId: string): Promise<ProcessGraph>;
  /** Rows of cases written or read lately by this node. Only a hint: compare-and-set finds out when one is stale. */
  readonly recent: RecentCases;
  /** After a commit is durable. `first`: the earliest of the jobs it wrote or woke; without id where it is not known. */
  committed(change: CaseChange, first: { dueAt: number; id?: string } | undefined): void;
  /** Rows of no case are due at this instant: look then. */
  due(at: number): void;
  /** Waits between tries after a conflict, ms. */
  pause(ms: number): Promise<void>;
}

/** The calendar in force, where that may change while the engine runs. */
export interface CalendarSource {
  current(): WorkCalendar;
  refresh(): Promise<void>;
}

export interface RecentCases {
  get(id: string): CaseRow | undefined;
  /** Unless a later revision is known: reads may come back late. */
  set(row: CaseRow): void;
  delete(id: string): void;
}

/** The engine itself: timers and deadlines. */
export const SYSTEM: Actor = { id: 'system', name: 'system', groups: [] };

/** Keeps the rows of the `capacity` cases touched last. */
export function recentCases(capacity: number): RecentCases {
  const rows = new Map<string, CaseRow>();
  return {
    get: (id) => rows.get(id),
    set(row) {
      if ((rows.get(row.id)?.rev ?? 0) > row.rev) return;
      rows.delete(row.id);
      rows.set(row.id, row);
      if (rows.size > capacity) rows.delete(rows.keys().next().value!);
    },
    delete: (id) => void rows.delete(id),
  };
}
