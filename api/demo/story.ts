import type { JsonObject } from '../../engine/kernel/json.ts';
import type { CaseRow, Defect } from '../../engine/store/ports.ts';
import { CHINA_OFFSET_MS, dayOf, formatDay } from '../../engine/time/index.ts';
import {
  actorOf,
  completeTask,
  noticeSupplement,
  startCase,
  type CaseworkDeps,
} from '../../processes/casework/index.ts';
import { may, worksFor, type Person } from '../../processes/directory/index.ts';

/** Stands for the day of the scene in its data. */
export const TODAY = '@today';

/** Something that happened in the demo city's past: `daysAgo` working days ago, at `hour` o'clock. */
export interface Scene {
  readonly daysAgo: number;
  readonly hour: number;
  /** Element of the task; or a message. */
  readonly complete?: string;
  readonly claim?: string;
  readonly message?: string;
  /** 补正: what the window tells the applicant, with 15 working days to answer. */
  readonly lacks?: readonly Defect[];
  readonly data?: JsonObject;
}

/** One case of the demo city: how it was applied for and what happened since, oldest first. */
export interface Story {
  readonly process: string;
  readonly title: string;
  readonly applicant: string;
  readonly daysAgo: number;
  readonly hour: number;
  readonly data: JsonObject;
  readonly scenes: readonly Scene[];
}

/** Plays the application; answers the case the scenes go on with. */
export async function openStory(deps: CaseworkDeps, story: Story): Promise<CaseRow> {
  const applicant = deps.directory.getPerson(story.applicant);
  return startCase(deps, { definition: story.process, title: story.title, data: story.data }, applicant);
}

/** Plays one scene with the person whose department the task belongs to. */
export async function playScene(deps: CaseworkDeps, caseId: string, scene: Scene): Promise<void> {
  const { engine } = deps;
  if (scene.message !== undefined) {
    const key = (await engine.getCase(caseId)).state.scopes['0']!.variables.contractNumber as string;
    const integrator = personWith(deps, (person) => person.role === 'integrator');
    await engine.correlateMessage({ name: scene.message, key, variables: scene.data ?? {} }, actorOf(integrator));
    return;
  }
  if (scene.lacks !== undefined) {
    const window = personWith(deps, (person) => may(person, 'cases.supplement') && worksFor(person, 'window'));
    const notice = { defects: scene.lacks, limit: { value: 15, unit: 'workingDays' as const } };
    await noticeSupplement(deps, await engine.getCase(caseId), notice, window);
    return;
  }
  const element = (scene.complete ?? scene.claim)!;
  const tasks = await engine.store.listTasksOfCase(caseId);
  const task = tasks.find((each) => each.node === element && (each.status === 'open' || each.status === 'claimed'));
  if (!task) throw new Error(`the demo story expects an open task '${element}'`);
  const person = task.assignee
    ? deps.directory.getPerson(task.assignee)
    : personWith(deps, (each) => each.role === 'handler' && task.groups.some((group) => worksFor(each, group)));
  const held = task.status === 'open' ? await engine.claimTask(task.id, actorOf(person)) : task;
  if (scene.complete !== undefined)
    await completeTask(deps, { task: held, data: dated(scene.data ?? {}, engine.now()) }, person);
}

function dated(data: JsonObject, now: number): JsonObject {
  const today = formatDay(dayOf(now, CHINA_OFFSET_MS));
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, value === TODAY ? today : value]));
}

function personWith({ directory }: CaseworkDeps, fits: (person: Person) => boolean): Person {
  const person = directory.people.find(fits);
  if (!person) throw new Error('the demo city lacks a person for this scene');
  return person;
}
