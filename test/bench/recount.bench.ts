// A notice of holidays is loaded over 100,000 open cases (SQLite, synchronous=FULL, full history): every due date is counted again while
// people go on working. CASES sets another number; JOINT=1: cases of three departments, of which one has two steps and so a date of its own.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createEngine, movableClock, type Actor, type CalendarSource, type Engine } from '../../engine/index.ts';
import { openSqliteStore } from '../../engine/store/sqlite/index.ts';
import { loadCalendar } from '../../processes/calendars/load.ts';
import { loadDirectory } from '../../processes/directory/index.ts';
import { houseFollowUps } from '../../processes/follow-ups.ts';
import { bpmn, chain } from '../support/bpmn.ts';
import { countryAfter, NOTICE_2027 } from '../support/notices.ts';
import { table, timed } from './measure.ts';

const CASES = Number(process.env.CASES ?? 100_000);
const SIDE_BY_SIDE = 64;
const who: Actor = { id: 'bench', name: 'bench', groups: ['housing'] };
const at = (text: string) => Date.parse(`${text}T09:00:00+08:00`);
const task = (id: string, department: string, days: number) =>
  `<userTask id="${id}" ov:department="${department}" ov:promise="${days}" ov:unit="workingDays"/>`;
const joint = `<startEvent id="s"/><parallelGateway id="split"/>
   ${task('review', 'housing', 2)}${task('sign', 'housing', 7)}${task('assess', 'tax', 9)}${task('check', 'fire', 9)}
   <parallelGateway id="join"/><endEvent id="e"/>
   ${chain('s', 'split', 'review', 'sign', 'join', 'e')}${chain('split', 'assess', 'join')}${chain('split', 'check', 'join')}`;
const alone = `<startEvent id="s"/>${task('review', 'housing', 9)}<endEvent id="e"/>${chain('s', 'review', 'e')}`;
const model = bpmn(process.env.JOINT ? joint : alone, {
  id: 'permit',
  processAttrs: 'ov:promise="10" ov:unit="workingDays"',
});

const first = loadCalendar();
let calendar = first;
const source: CalendarSource = { current: () => calendar, refresh: () => Promise.resolve() };
const directory = mkdtempSync(join(tmpdir(), 'onevisit-bench-'));
const store = await openSqliteStore({ directory });
// the days of Christmas: ten working days end in 2027, of which nothing is known yet
const clock = movableClock(at('2026-12-21'));
const city = loadDirectory();
const engine: Engine = createEngine({
  store,
  clock,
  calendar: source,
  followUps: houseFollowUps({
    directory: city,
    calendarOf: (version) => [first, calendar].find((each) => each.version === version),
    supervision: () => ({ engine, directory: city, calendar, region: '210500' }),
  }),
});
await engine.deploy({ bytes: Buffer.from(model) }, who);

let number = 0;
const start = () =>
  engine.startCase(
    {
      definitionKey: 'permit',
      number: `R${++number}`,
      title: '许可',
      applicant: null,
      department: 'housing',
      variables: {},
    },
    who,
  );
const hand = async () => {
  while (number < CASES) {
    if (number % 1_000 === 0) clock.advance(1);
    await start();
  }
};
await Promise.all(Array.from({ length: SIDE_BY_SIDE }, hand));

/** Whoever works meanwhile: a case is begun and its task is completed, one after the other. */
async function meanwhile(until: () => boolean): Promise<number[]> {
  const times: number[] = [];
  while (!until()) {
    times.push(
      await timed(async () => {
        const row = await start();
        const [task] = await store.listTasksOfCase(row.id);
        await engine.claimTask(task!.id, who);
        await engine.completeTask({ taskId: task!.id, variables: {} }, who);
      }),
    );
    await pause(20);
  }
  return times.sort((a, b) => a - b);
}

const rows: (string | number)[][] = [];
async function recount(name: string, next: typeof calendar): Promise<void> {
  calendar = next;
  let done = false;
  const began = performance.now();
  const cpu = process.cpuUsage();
  const { id } = await engine.recountCases({ because: { notice: next.version } }, who);
  const people = meanwhile(() => done);
  let run = await engine.getRecount(id);
  while (run.status !== 'done') {
    await engine.runDueJobs();
    run = await engine.getRecount(id);
  }
  const seconds = (performance.now() - began) / 1_000;
  const used = process.cpuUsage(cpu);
  const cpuMs = (used.user + used.system) / 1_000 / run.checked;
  done = true;
  const times = await people;
  const of = (share: number) => times[Math.floor(times.length * share)] ?? 0;
  rows.push([name, run.checked, run.changed, seconds, run.checked / seconds, cpuMs, of(0.5), of(0.99)]);
}

await recount('new year: every date moves', countryAfter(NOTICE_2027).get('cn', at('2026-11-05')).calendar);
await recount('the same notice again: none moves', calendar);
table(
  `Open cases counted again (${store.description}), while somebody starts and completes cases`,
  ['notice', 'cases', 'moved', 'seconds', 'cases/s', 'CPU ms', 'case p50 ms', 'case p99 ms'],
  rows,
);
await store.close();
rmSync(directory, { recursive: true, force: true });
process.exit(0);
