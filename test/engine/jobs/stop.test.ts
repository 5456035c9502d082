import { expect, it } from '@jest/globals';
import { createEngine, movableClock } from '../../../engine/index.ts';
import { memoryStore } from '../../../engine/store/memory/index.ts';
import { loadCalendar } from '../../../processes/calendars/load.ts';
import { bpmn, chain } from '../../support/bpmn.ts';
import { APPLICANT, at, DESIGNER } from '../../support/office.ts';

const CALL = bpmn(
  `<startEvent id="s"/><serviceTask id="call" ov:retries="1"><extensionElements>
     <ov:http method="GET" url="http://bureau.example/check"/></extensionElements></serviceTask><endEvent id="e"/>
   ${chain('s', 'call', 'e')}`,
  { id: 'ask' },
);

/** Two nodes over one store; the service answers when it is told to. */
async function twoNodes() {
  const store = memoryStore();
  const clock = movableClock(at('2026-03-02'));
  const answers: (() => void)[] = [];
  const http = () => new Promise<{ ok: boolean }>((resolve) => answers.push(() => resolve({ ok: true })));
  const node = () => createEngine({ store, clock, calendar: loadCalendar(), connectors: { http } });
  const [first, second] = [node(), node()];
  await first.deploy({ bytes: Buffer.from(CALL) }, DESIGNER);
  const begin = { definitionKey: 'ask', number: 'T-1', title: '', applicant: null, department: null, variables: {} };
  const opened = await first.startCase(begin, APPLICANT);
  const [job] = await jobsOf();
  return { store, clock, answers, first, second, opened, jobId: job! };

  async function jobsOf(): Promise<string[]> {
    const jobs = await store.claimDueJobs({ owner: 'looking', now: clock.now(), leaseMs: 0, limit: 9 });
    for (const { id, fence, dueAt } of jobs) await store.rescheduleJob(id, fence, { dueAt, attempts: 0 });
    return jobs.map(({ id }) => id);
  }
}

async function called(answers: unknown[], times: number): Promise<void> {
  while (answers.length < times) await new Promise((resolve) => setImmediate(resolve));
}

it('a node that stops lets its jobs finish', async () => {
  const { first, answers, store, opened } = await twoNodes();
  first.start();
  await called(answers, 1);
  const stopped = first.stop();
  answers[0]!();
  await stopped;
  expect((await store.findCase(opened.id))?.status).toBe('completed');
});

it('a node that may wait no longer hands its jobs back with the try they had begun: another takes them at once', async () => {
  const { first, second, answers, store, opened, jobId } = await twoNodes();
  first.start();
  await called(answers, 1);
  expect(await store.findJob(jobId)).toMatchObject({ attempts: 1 });
  await first.stop(0);
  expect(await store.findJob(jobId)).toMatchObject({ owner: null, leaseUntil: 0, attempts: 0 });

  const swept = second.runDueJobs();
  await called(answers, 2);
  answers[0]!(); // the first node hears its answer after all: it no longer counts
  answers[1]!();
  await swept;
  expect((await store.findCase(opened.id))?.status).toBe('completed');
  const told = (await store.listEvents(opened.id, 0, 99)).map(({ type }) => type);
  expect(told.filter((type) => type === 'case.completed')).toHaveLength(1);
});
