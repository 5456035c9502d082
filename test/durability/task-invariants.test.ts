import { describe, expect, it } from '@jest/globals';
import type { Exchange, FinalCase, HistoryEvent, Shapes } from './evidence.ts';
import { tasksHold } from './task-invariants.ts';
import { again, rechained, without } from './written-run.ts';

const SHAPES: Shapes = { desks: { tasks: ['a'], once: [], timers: [] } };

/** Wang claims a task and puts it back, Sun claims and completes it. */
function handedOver() {
  const DEEDS = [
    ['claim', 'wang', 'task.claimed'],
    ['unclaim', 'wang', 'task.unclaimed'],
    ['claim', 'sun', 'task.claimed'],
    ['complete', 'sun', 'task.completed'],
  ] as const;
  const log = DEEDS.map(([verb, who], index): Exchange => {
    const asked = { verb, who, key: `k${index}`, target: 'task-1', status: 200 };
    return { sent: index, answered: index, node: 0, ...asked };
  });
  const history = DEEDS.map(([, who, type]): HistoryEvent => {
    const of = { type, node: { id: 'a' }, actor: { id: who }, data: {} };
    return { seq: 0, at: new Date(0).toISOString(), token: null, prevHash: '', hash: '', ...of };
  });
  const final: FinalCase = {
    ...{ id: 'case-1', process: 'desks', parent: null, status: 'completed', variables: {}, verified: true },
    tasks: [{ id: 'task-1', node: 'a', status: 'completed', assignee: 'sun' }],
    history: rechained(history),
  };
  return { log, final };
}

const found = (log: readonly Exchange[], final: FinalCase) => tasksHold(log, log, [final], SHAPES).join('\n');

describe('of a task that is handed over the checker', () => {
  it('finds nothing wrong with a sound run', () => {
    const { log, final } = handedOver();
    expect(found(log, final)).toBe('');
  });
  it('finds that putting it back is lost', () => {
    const { log, final } = handedOver();
    expect(found(log, without(final, 2))).toMatch(/'wang' had the unclaim acknowledged, and the history does not know/);
  });
  it('finds that it was put back twice', () => {
    const { log, final } = handedOver();
    expect(found(log, again(final, 2))).toMatch(/task-1 was put back 2 times, and 1 were asked for/);
  });
  it('finds that nobody put it back', () => {
    const { log, final } = handedOver();
    const others = log.filter(({ verb }) => verb !== 'unclaim');
    expect(found(others, final)).toMatch(/was put back 1 times, and 0 were asked for/);
  });
  it('finds that who put it back has it again', () => {
    const { log, final } = handedOver();
    const tasks = final.tasks.map((task) => ({ ...task, assignee: 'wang' }));
    expect(found(log, { ...final, tasks })).toMatch(/'sun' claimed it, now wang has it/);
  });
  it('finds that two claimed it at once', () => {
    const { log, final } = handedOver();
    expect(found(log, again(final, 3))).toMatch(/'task.claimed' of 'a' 3 times/);
  });
  it('finds that putting it back took effect and was refused', () => {
    const { log, final } = handedOver();
    const refused = log.map((each) => (each.verb === 'unclaim' ? { ...each, status: 409 } : each));
    expect(found(refused, final)).toMatch(/the unclaim of 'wang' took effect, and every answer was a refusal/);
  });
});
