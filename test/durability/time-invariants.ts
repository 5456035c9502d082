import {
  eventsOf,
  isTaskVerb,
  succeeded,
  TASK_EVENTS,
  type Circumstances,
  type Exchange,
  type FinalCase,
  type HistoryEvent,
  type Shape,
} from './evidence.ts';

/** Timers fire once and not early; nothing that nodes do by themselves is later than it may be. */
export function timeHolds(final: FinalCase, shape: Shape, circumstances: Circumstances): string[] {
  return [
    ...shape.timers.flatMap((timer) => firesOnce(final, timer)),
    ...Object.entries(shape.repeating ?? {}).flatMap(([timer, { most }]) => repeats(final, timer, most)),
    ...late(final, shape, circumstances),
  ];
}

const at = ({ at }: HistoryEvent) => Date.parse(at);
const dueAt = ({ data }: HistoryEvent) => Number(data.dueAt);

function firesOnce(final: FinalCase, timer: string): string[] {
  const [armed, fired] = [eventsOf(final, 'timer.armed', timer), eventsOf(final, 'timer.fired', timer)];
  if (armed.length !== 1 || fired.length !== 1)
    return [`case ${final.id}: timer '${timer}' was armed ${armed.length} times and fired ${fired.length} times`];
  return early(final, timer, armed[0]!, fired[0]!);
}

/** Each time it fires it is armed for the next, and it fires only when it is armed. */
function repeats(final: FinalCase, timer: string, most: number): string[] {
  const [armed, fired] = [eventsOf(final, 'timer.armed', timer), eventsOf(final, 'timer.fired', timer)];
  if (fired.length > most) return [`case ${final.id}: timer '${timer}' fired ${fired.length} times instead of ${most}`];
  if (armed.length < Math.min(most, fired.length + 1))
    return [
      `case ${final.id}: timer '${timer}' fired ${fired.length} times and was armed only ${armed.length} times, not for the next`,
    ];
  return fired.flatMap((event, index) =>
    armed[index] && armed[index].seq < event.seq
      ? early(final, timer, armed[index], event)
      : [`case ${final.id}: timer '${timer}' fired without being armed`],
  );
}

function early({ id }: FinalCase, timer: string, armed: HistoryEvent, fired: HistoryEvent): string[] {
  const by = dueAt(armed) - at(fired);
  return by > 0 ? [`case ${id}: timer '${timer}' fired ${by} ms early`] : [];
}

function late(final: FinalCase, shape: Shape, circumstances: Circumstances): string[] {
  const { lateMs = Infinity } = circumstances;
  return waitsOf(final, shape, circumstances).flatMap(({ what, ms }) =>
    ms > lateMs ? [`case ${final.id}: ${what} was ${ms} ms late`] : [],
  );
}

/** How long anything that nodes do by themselves waited while nothing went wrong, ms. */
export function longestWait(final: FinalCase, shape: Shape, circumstances: Circumstances): number {
  return Math.max(0, ...waitsOf(final, shape, circumstances).map(({ ms }) => ms));
}

function waitsOf(final: FinalCase, shape: Shape, circumstances: Circumstances) {
  return delaysOf(final, shape).map(({ what, due, done }) => ({ what, ms: quietWait(due, done, circumstances) }));
}

/** How long something waited, ms: where it was disturbed, the longest quiet part counts. */
export function quietWait(due: number, done: number, { disturbed = [], storeAway = [] }: Circumstances): number {
  const all = [...disturbed, ...storeAway.flatMap(({ from, to }) => [from, to])];
  const ends = [due, ...all.filter((each) => each > due && each < done).sort((a, b) => a - b), done];
  return Math.max(...ends.slice(1).map((end, index) => end - ends[index]!));
}

/** When each timer and each piece of work of the nodes' own was due, and when it was done. */
function delaysOf(
  final: FinalCase,
  { timers, repeating = {}, automatic = {} }: Shape,
): { what: string; due: number; done: number }[] {
  const delays: { what: string; due: number; done: number }[] = [];
  for (const timer of timers) {
    const [armed] = eventsOf(final, 'timer.armed', timer);
    const [fired] = eventsOf(final, 'timer.fired', timer);
    if (armed && fired) delays.push({ what: `timer '${timer}'`, due: dueAt(armed), done: at(fired) });
  }
  for (const [timer, { of }] of Object.entries(repeating)) {
    const fired = eventsOf(final, 'timer.fired', timer);
    const [completed] = eventsOf(final, 'task.completed', of);
    for (const [index, armed] of eventsOf(final, 'timer.armed', timer).entries()) {
      // one that was late is armed for a date that is past already
      const due = Math.max(dueAt(armed), at(armed));
      const end = fired[index] ?? completed;
      if (end && at(end) > due) delays.push({ what: `timer '${timer}'`, due, done: at(end) });
    }
  }
  for (const [work, after] of Object.entries(automatic)) {
    const [begun] = eventsOf(final, 'element.completed', after);
    const [done] = eventsOf(final, 'element.completed', work);
    if (begun && done) delays.push({ what: `'${work}'`, due: at(begun), done: at(done) });
  }
  return delays;
}

/** An event that somebody caused is dated between their first request and the last answer to it. */
export function dated(
  log: readonly Exchange[],
  cases: readonly FinalCase[],
  { offMs = Infinity }: Circumstances,
): string[] {
  const spans = new Map<string, { from: number; to: number }>();
  for (const { key, sent, answered, verb } of log) {
    if (key === undefined || verb === 'history') continue;
    const span = spans.get(key) ?? { from: sent, to: answered };
    spans.set(key, { from: Math.min(span.from, sent), to: Math.max(span.to, answered) });
  }
  const tasks = new Map(cases.flatMap((final) => final.tasks.map((task) => [task.id, { final, task }] as const)));
  return log.filter(succeeded).flatMap(({ key, verb, target, who }) => {
    const found = tasks.get(target ?? '');
    if (!found || !isTaskVerb(verb)) return [];
    const type = TASK_EVENTS[verb];
    const { from, to } = spans.get(key!)!;
    const events = eventsOf(found.final, type, found.task.node).filter(({ actor }) => actor.id === who);
    const offs = events.map((event) => Math.max(from - at(event), at(event) - to));
    // of several tasks that one person completed, whichever it was
    const off = Math.min(...offs, offs.length > 0 ? Infinity : 0);
    return off > offMs ? [`case ${found.final.id}: '${type}' of '${found.task.node}' is dated ${off} ms off`] : [];
  });
}
