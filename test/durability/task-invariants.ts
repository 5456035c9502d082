import { groupBy } from '../../engine/kernel/group-by.ts';
import {
  eventsOf,
  isTaskVerb,
  succeeded,
  TASK_EVENTS,
  type Exchange,
  type FinalCase,
  type Shape,
  type Shapes,
} from './evidence.ts';

/**
 * Each task is claimed, and completed, once; one that was put back is claimed once more. Nothing that was acknowledged of it
 * is lost, and whoever did something hears that they did.
 */
export function tasksHold(
  all: readonly Exchange[],
  log: readonly Exchange[],
  cases: readonly FinalCase[],
  shapes: Shapes,
): string[] {
  return [
    ...refusedThoughDone(all, log, cases),
    ...acknowledged(log, cases),
    ...putBackAsAsked(all, cases),
    ...cases.flatMap((each) => tasksOnce(each, shapes[each.process]!)),
  ];
}

/** Whoever repeats a request that took effect hears that it did: nobody is refused because of what they did themselves. */
function refusedThoughDone(all: readonly Exchange[], log: readonly Exchange[], cases: readonly FinalCase[]): string[] {
  const faults: string[] = [];
  const [asked, heard] = [byTask(all), byTask(log)];
  for (const { id, node, of } of cases.flatMap((of) => of.tasks.map((task) => ({ ...task, of })))) {
    for (const [verb, type] of Object.entries(TASK_EVENTS)) {
      const doer = eventsOf(of, type, node)[0]?.actor.id;
      const ofDoer = (each: Exchange) => each.verb === verb && each.who === doer;
      const keys = new Set((asked.get(id) ?? []).filter(ofDoer).map(({ key }) => key));
      const answers = (heard.get(id) ?? []).filter((each) => ofDoer(each) && each.status !== 0);
      const answered = new Set(answers.map(({ key }) => key));
      if (keys.size > 0 && answered.size === keys.size && !answers.some(succeeded))
        faults.push(`task ${id}: the ${verb} of '${doer}' took effect, and every answer was a refusal`);
    }
  }
  return faults;
}

/** Long runs have many of both. */
const byTask = (log: readonly Exchange[]) =>
  groupBy(log, ({ verb, target }) => (isTaskVerb(verb) ? target : undefined));

/** Nothing that was acknowledged is lost. */
function acknowledged(log: readonly Exchange[], cases: readonly FinalCase[]): string[] {
  const tasks = new Map(cases.flatMap((each) => each.tasks.map((task) => [task.id, { ...task, of: each }] as const)));
  const faults: string[] = [];
  const winners = new Map<string, string>();
  for (const { verb, target, who, key } of log.filter(succeeded)) {
    if (!isTaskVerb(verb)) continue;
    const task = tasks.get(target!);
    const isTold = (type: string) =>
      task !== undefined && eventsOf(task.of, type, task.node).some(({ actor }) => actor.id === who);
    const isPutBack = isTold(TASK_EVENTS.unclaim);
    if (!isTold(TASK_EVENTS[verb]))
      faults.push(`task ${target}: '${who}' had the ${verb} acknowledged, and the history does not know it`);
    else if (task!.assignee !== who && !isPutBack)
      faults.push(`task ${target}: '${who}' ${verb}ed it, now ${task!.assignee} has it`);
    else if (verb === 'complete' && task!.status !== 'completed')
      faults.push(`task ${target} was completed and is ${task!.status}`);
    // of who put it back somebody else may claim it
    const once = `${verb} ${target} ${isPutBack ? who : ''}`;
    const winner = winners.get(once) ?? key!;
    winners.set(once, winner);
    if (winner !== key) faults.push(`task ${target}: the ${verb} succeeded for two requests, ${winner} and ${key}`);
  }
  return faults;
}

/** No task is put back that nobody put back, nor more often. */
function putBackAsAsked(all: readonly Exchange[], cases: readonly FinalCase[]): string[] {
  const unclaims = byTask(all.filter(({ verb }) => verb === 'unclaim'));
  return cases.flatMap((of) =>
    of.tasks.flatMap(({ id, node }) => {
      const times = eventsOf(of, TASK_EVENTS.unclaim, node).length;
      const asked = new Set(unclaims.get(id)?.map(({ key }) => key)).size;
      return times > asked ? [`task ${id} was put back ${times} times, and ${asked} were asked for`] : [];
    }),
  );
}

function tasksOnce(final: FinalCase, shape: Shape): string[] {
  const { id, tasks } = final;
  return shape.tasks.flatMap((node) => {
    const faults: string[] = [];
    const putBack = eventsOf(final, TASK_EVENTS.unclaim, node).length;
    for (const [type, once] of [
      [TASK_EVENTS.claim, 1 + putBack],
      [TASK_EVENTS.complete, 1],
    ] as const) {
      const times = eventsOf(final, type, node).length;
      if (times !== once) faults.push(`case ${id}: '${type}' of '${node}' ${times} times`);
    }
    const rows = tasks.filter((task) => task.node === node);
    if (rows.length !== 1) faults.push(`case ${id} has ${rows.length} tasks '${node}'`);
    else if (rows[0]!.status !== 'completed') faults.push(`case ${id}: its task '${node}' is ${rows[0]!.status}`);
    return faults;
  });
}
