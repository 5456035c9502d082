import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Commit } from '../../engine/store/ports.ts';
import { testStore } from '../support/test-store.ts';
import { loadCalendar } from '../../processes/calendars/load.ts';
import { rowFaults, stateFaults, witnessed } from '../support/consistency.ts';
import { APPLICANT, office } from '../support/office.ts';

const FOLDER = join(import.meta.dirname, '../fixtures/snapshots/v1');
const DAY = 86_400_000;

/**
 * A case that was stored with all its rows before event sub-processes, compensation and the other elements of today ran:
 * state format 1 as it was first written.
 */
async function stored(name: string) {
  const { store, rows } = witnessed(testStore());
  const desk = office({ store });
  await desk.deploy(readFileSync(join(FOLDER, `${name}.bpmn`), 'utf8'));
  const commit = JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8')) as Commit;
  // written before tasks had a statutory date
  const tasks = commit.tasks.map(({ provisional, ...task }) => ({ ...task, statutoryAt: null, provisional }));
  expect(await store.commit({ ...commit, tasks })).toBe('ok');
  const id = commit.caseId;
  const check = async () => {
    const row = (await store.findCase(id))!;
    const graph = await desk.engine.getGraph(row.definitionId);
    expect([...stateFaults(graph, row.state), ...rowFaults(rows, row, graph, loadCalendar())]).toEqual([]);
  };
  await check();
  const complete = async (...nodes: string[]) => {
    for (const node of nodes) {
      await desk.complete(id, node);
      await check();
    }
  };
  const status = async () => (await store.findCase(id))!.status;
  return { ...desk, id, store, check, complete, status };
}

describe('A case stored in the first state format', () => {
  it('goes on behind the joins that hold its tokens', async () => {
    const desk = await stored('tasks-and-joins');
    expect(await desk.waiting(desk.id)).toEqual(['b', 'e']);
    await desk.complete('e', 'b');
    expect(await desk.waiting(desk.id)).toEqual(['after']);
    await desk.complete('after');
    expect(await desk.status()).toBe('completed');
  });

  it('finishes the instances of an activity, and collects what they give', async () => {
    const desk = await stored('multi-instance');
    await desk.complete('reminder', 'visit', 'report', 'visit', 'report');
    expect(await desk.waiting(desk.id)).toEqual(['after']);
    const row = await desk.engine.getCase(desk.id);
    expect(row.state.scopes['0']!.variables['results']).toHaveLength(3);
  });

  it('is reached by the timers and messages at the boundary of its activity', async () => {
    const desk = await stored('multi-instance');
    desk.clock.set(Date.parse('2026-03-04T01:00:00Z'));
    await desk.engine.runDueJobs();
    await desk.check();
    expect(await desk.waiting(desk.id)).toEqual(['reminder', 'reminder', 'visit', 'visit']);
    await desk.engine.correlateMessage({ name: 'stop', key: null, variables: {} }, APPLICANT);
    await desk.check();
    expect(await desk.waiting(desk.id)).toEqual(['reminder', 'reminder', 'stopped']);
  });

  it('waits for its timer and its message, and for one instance after another', async () => {
    const desk = await stored('sequential-and-events');
    await desk.engine.correlateMessage({ name: 'news', key: 'N-1', variables: {} }, APPLICANT);
    await desk.pass(2 * DAY);
    await desk.complete('q', 'q');
    expect(await desk.waiting(desk.id)).toEqual(['after-q', 'after-receive', 'after-wait']);
  });

  it('hands out its jobs and takes up its incidents', async () => {
    const desk = await stored('jobs-and-incidents');
    const [job] = await desk.engine.fetchJobs({ worker: 'w', topics: ['check'], max: 1, leaseMs: 60_000 });
    const { jobId, fence } = { jobId: job!.id, fence: job!.fence };
    await desk.engine.throwJobError(
      { jobId, fence, code: 'BAD', message: 'no', variables: { ready: true } },
      APPLICANT,
    );
    await desk.check();
    expect(await desk.waiting(desk.id)).toEqual(['repair']);
    for (const { id } of await desk.store.listIncidents({ caseId: desk.id, limit: 9 })) {
      await desk.engine.retryIncident(id, APPLICANT);
      await desk.check();
    }
    expect(await desk.incidents(desk.id)).toEqual([]);
    expect(await desk.waiting(desk.id)).toEqual(['p', 'repair']);
    const [again] = await desk.engine.fetchJobs({ worker: 'w', topics: ['break'], max: 1, leaseMs: 60_000 });
    await desk.engine.completeJob({ jobId: again!.id, fence: again!.fence, variables: {} }, APPLICANT);
    await desk.complete('p', 'repair');
    expect(await desk.status()).toBe('completed');
  });

  it('moves its timers in working time with its clock', async () => {
    const desk = await stored('working-timers');
    const clock = { caseId: desk.id, reason: 'inspection', note: '委托检验' } as const;
    await desk.engine.holdCase({ ...clock, expectedDays: 20, notice: { number: '1' } }, APPLICANT);
    await desk.pass(30 * DAY);
    expect(await desk.waiting(desk.id)).toEqual(['review']);
    await desk.engine.resumeCase(clock, APPLICANT);
    await desk.pass(7 * DAY);
    await desk.check();
    expect(await desk.waiting(desk.id)).toEqual(['review', 'urge']);
    await desk.complete('review', 'urge');
    expect(await desk.status()).toBe('completed');
  });

  it('can be cancelled', async () => {
    for (const name of [
      'tasks-and-joins',
      'multi-instance',
      'sequential-and-events',
      'jobs-and-incidents',
      'working-timers',
    ]) {
      const desk = await stored(name);
      await desk.engine.cancelCase({ caseId: desk.id, reason: 'withdrawn' }, APPLICANT);
      await desk.check();
      expect(await desk.status()).toBe('cancelled');
    }
  });
});
