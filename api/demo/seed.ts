import { addWorkingDays, dayOf, startOfDay, type WorkCalendar } from '../../engine/time/index.ts';
import { isFirstOfNodes } from '../first-of-nodes.ts';
import { loadPackages } from '../../processes/catalogue/index.ts';
import { publishProcess, type CaseworkDeps } from '../../processes/casework/index.ts';
import type { DemoClock } from './demo-clock.ts';
import { passTime } from './pass-time.ts';
import { stories } from './stories.ts';
import { openStory, playScene } from './story.ts';

/** Filling takes some seconds; beyond this the node that began it is taken for dead. */
const SEEDING_MS = 60_000;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

export interface DemoDeps extends CaseworkDeps {
  readonly clock: DemoClock;
  readonly calendar: WorkCalendar;
  /** Other nodes may start on the same store at this moment: one of them fills it, and its jobs run by its clock. */
  readonly shared?: boolean;
}

/**
 * Fills an empty store with the demo city: publishes the process packages and plays the stories through the engine with
 * the clock in the past, so that every light, event and history is real. Answers how many cases; 0 when it was there.
 */
export async function seedDemoCity(deps: DemoDeps): Promise<number> {
  const { store } = deps.engine;
  const isSeeded = async () => (await store.getDocument('demo', 'seeded')) !== undefined;
  if (await isSeeded()) return 0;
  if (deps.shared && !(await isFirstOfNodes(store, 'demo city', isSeeded, SEEDING_MS)) && (await isSeeded())) return 0;
  await publishPackages(deps);
  const played = (await store.listCases({ limit: 1 })).length > 0 ? 0 : await playStories(deps);
  await store.putDocument('demo', 'seeded', { at: deps.clock.now(), cases: played });
  return played;
}

async function publishPackages(deps: DemoDeps): Promise<void> {
  const designer = deps.directory.people.find((person) => person.role === 'designer')!;
  for (const { bpmn, forms, item } of await loadPackages())
    await publishProcess(deps, { bytes: bpmn, forms: Object.values(forms), item: item }, designer);
}

/** All scenes of all stories in the order of time, so that timers and deadlines in between happen when they are due. */
async function playStories(deps: DemoDeps): Promise<number> {
  const now = deps.clock.now();
  const caseIds = new Map<number, string>();
  const acts = stories.flatMap((story, index) => [
    {
      at: instantOf(deps.calendar, now, story),
      play: async () => void caseIds.set(index, (await openStory(deps, story)).id),
    },
    ...story.scenes.map((scene) => ({
      at: instantOf(deps.calendar, now, scene),
      play: () => playScene(deps, caseIds.get(index)!, scene),
    })),
  ]);
  acts.sort((a, b) => a.at - b.at);
  try {
    for (const act of acts) {
      await passTime(deps.engine, deps.clock, act.at);
      deps.clock.standAt(act.at);
      await act.play();
    }
    await passTime(deps.engine, deps.clock, now);
  } finally {
    deps.clock.standAt(null);
  }
  return stories.length;
}

/** So many working days ago at that hour; today's hours that lie ahead become a quarter of an hour ago. */
function instantOf(calendar: WorkCalendar, now: number, when: { daysAgo: number; hour: number }): number {
  const today = dayOf(now, calendar.utcOffsetMs);
  const day = when.daysAgo === 0 ? today : addWorkingDays(calendar, today, -when.daysAgo);
  return Math.min(now - 15 * MINUTE_MS, startOfDay(day, calendar.utcOffsetMs) + when.hour * HOUR_MS);
}
