import {
  createEngine,
  movableClock,
  type Actor,
  type CalendarSource,
  type CaseRow,
  type Engine,
  type JobWatch,
  type FollowUps,
  type MovableClock,
  type Store,
  type TaskRow,
} from '../../engine/index.ts';
import type { Connectors } from '../../engine/connectors/port.ts';
import type { JsonObject } from '../../engine/kernel/json.ts';
import type { WorkCalendar } from '../../engine/time/index.ts';
import { testStore } from './test-store.ts';
import { loadCalendar } from '../../processes/calendars/load.ts';

export const at = (text: string): number => Date.parse(text.includes('T') ? text : `${text}T09:00:00+08:00`);

export const DESIGNER: Actor = { id: 'designer', name: '设计员', groups: [] };
export const APPLICANT: Actor = { id: 'applicant', name: '申请人', groups: [] };
export const WANG: Actor = { id: 'wang', name: '王经办', groups: ['housing'] };
export const LI: Actor = { id: 'li', name: '李经办', groups: ['housing', 'tax'] };

export interface Office {
  engine: Engine;
  store: Store;
  clock: MovableClock;
  /** Deploys a model and starts a case of it. */
  open(xml: string, variables?: JsonObject): Promise<CaseRow>;
  deploy(xml: string): Promise<string>;
  start(key: string, variables?: JsonObject): Promise<CaseRow>;
  /** Names of the elements whose tasks are unfinished, sorted. */
  waiting(caseId: string): Promise<string[]>;
  task(caseId: string, node: string): Promise<TaskRow>;
  /** Claims (where nobody holds it) and completes the open task of an element. */
  complete(caseId: string, node: string, variables?: JsonObject, who?: Actor): Promise<void>;
  events(caseId: string): Promise<string[]>;
  incidents(caseId: string): Promise<string[]>;
  /** Moves the clock and runs what became due. */
  pass(ms: number): Promise<number>;
}

/** One department office on a fake clock: the engine over a store, driven in the words of the desk. */
export function office(
  options: {
    store?: Store;
    now?: string;
    connectors?: Connectors;
    followUps?: FollowUps;
    jobLimitMs?: number;
    watch?: JobWatch;
    calendar?: WorkCalendar | CalendarSource;
  } = {},
): Office {
  const store = options.store ?? testStore();
  const clock = movableClock(at(options.now ?? '2026-03-02'));
  const engine = createEngine({
    store,
    clock,
    calendar: options.calendar ?? loadCalendar(),
    ...(options.connectors && { connectors: options.connectors }),
    ...(options.jobLimitMs !== undefined && { jobLimitMs: options.jobLimitMs }),
    ...(options.followUps && { followUps: options.followUps }),
    ...(options.watch && { watch: options.watch }),
  });
  let number = 0;

  const self: Office = {
    engine,
    store,
    clock,
    async deploy(xml) {
      const { definition } = await engine.deploy({ bytes: Buffer.from(xml) }, DESIGNER);
      return definition.key;
    },
    start: (key, variables = {}) =>
      engine.startCase(
        {
          definitionKey: key,
          number: `T-${++number}`,
          title: key,
          applicant: APPLICANT.id,
          department: null,
          variables,
        },
        APPLICANT,
      ),
    async open(xml, variables) {
      return self.start(await self.deploy(xml), variables);
    },
    async waiting(caseId) {
      return unfinished(await store.listTasksOfCase(caseId))
        .map((task) => task.node)
        .sort();
    },
    async task(caseId, node) {
      const task = unfinished(await store.listTasksOfCase(caseId)).find((candidate) => candidate.node === node);
      if (!task)
        throw new Error(`no unfinished task at '${node}', waiting: ${(await self.waiting(caseId)).join(', ')}`);
      return task;
    },
    async complete(caseId, node, variables = {}, who) {
      const task = await self.task(caseId, node);
      const actor =
        who ??
        (task.assignee
          ? { id: task.assignee, name: task.assignee, groups: task.groups }
          : { ...LI, groups: task.groups });
      if (!task.assignee) await engine.claimTask(task.id, actor);
      await engine.completeTask({ taskId: task.id, variables }, actor);
    },
    async events(caseId) {
      return (await store.listEvents(caseId, 0, 10_000)).map((event) =>
        event.node ? `${event.type} ${event.node}` : event.type,
      );
    },
    async incidents(caseId) {
      return (await store.listIncidents({ caseId, limit: 100 })).map((incident) => `${incident.code} ${incident.node}`);
    },
    async pass(ms) {
      clock.advance(ms);
      return engine.runDueJobs();
    },
  };
  return self;
}

function unfinished(tasks: TaskRow[]): TaskRow[] {
  return tasks.filter((task) => task.status === 'open' || task.status === 'claimed');
}
