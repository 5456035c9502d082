import { describe, expect, it } from '@jest/globals';
import { hashOf } from './chain.ts';
import type { Call, Exchange, FinalCase, HistoryEvent, Shapes } from './evidence.ts';
import { violations } from './invariants.ts';
import type { StoreAway } from './store-away.ts';
import { again, changed, moved, rechained, without } from './written-run.ts';

const SHAPES: Shapes = {
  desks: {
    tasks: ['a'],
    once: ['join'],
    timers: ['pause'],
    repeating: { remind: { of: 'a', most: 2 } },
    automatic: { ask: 'join' },
    calling: 'ask',
  },
};
const JUDGE = { lateMs: 2_000, offMs: 500, calm: true };
const AT = Date.parse('2026-03-02T09:00:00+08:00');

/** A sound run: one case, started, its task claimed and completed, with requests that were repeated. */
function sound() {
  const event = (seq: number, type: string, node?: string, data = {}, who = 'wang'): HistoryEvent => ({
    seq,
    at: new Date(AT + seq * 1000).toISOString(),
    type,
    node: node === undefined ? null : { id: node },
    actor: { id: who },
    data,
    token: null,
    prevHash: '',
    hash: '',
  });
  const history = rechained([
    event(1, 'case.started', 's'),
    event(2, 'timer.armed', 'pause', { dueAt: AT + 5_000 }),
    event(3, 'timer.armed', 'remind', { dueAt: AT + 4_000 }),
    event(4, 'task.claimed', 'a'),
    event(5, 'timer.fired', 'pause'),
    event(6, 'timer.fired', 'remind'),
    event(7, 'timer.armed', 'remind', { dueAt: AT + 8_000 }),
    event(8, 'task.completed', 'a'),
    event(9, 'element.completed', 'join'),
    event(10, 'element.completed', 'ask'),
    event(11, 'case.completed'),
  ]);
  const final: FinalCase = {
    id: 'case-1',
    process: 'desks',
    parent: null,
    status: 'completed',
    tasks: [{ id: 'task-1', node: 'a', status: 'completed', assignee: 'wang' }],
    history,
    variables: { amount: 7, opinion: 'yes' },
    verified: true,
  };
  let time = AT;
  const exchange = (verb: Exchange['verb'], key: string, more: Partial<Exchange> = {}): Exchange => ({
    sent: (time += 10),
    answered: (time += 10),
    node: time % 3,
    who: 'wang',
    verb,
    key,
    target: verb === 'start' ? undefined : 'task-1',
    status: verb === 'start' ? 201 : 200,
    body: { id: verb === 'start' ? 'case-1' : 'task-1', did: verb },
    ...more,
  });
  const log = [
    exchange('start', 'k1', { status: 0, body: undefined, data: { amount: 7 } }),
    exchange('start', 'k1', { data: { amount: 7 } }),
    exchange('start', 'k1', { data: { amount: 7 } }),
    exchange('claim', 'k2', { sent: AT + 3_900, answered: AT + 4_100 }),
    exchange('claim', 'k3', { who: 'sun', status: 409, body: { code: 'task.already_claimed' } }),
    exchange('complete', 'k4', { status: 0, body: undefined, sent: AT + 7_900, answered: AT + 8_100 }),
    exchange('complete', 'k4', { sent: AT + 8_200, answered: AT + 8_300, data: { opinion: 'yes' } }),
    exchange('history', '', { key: undefined, target: 'case-1', body: history.slice(0, 4) }),
  ];
  time = AT + 9_000;
  const calls: Call[] = [{ key: 'case-1.5.work1', at: AT + 9_500 }];
  return { log, final, exchange, event, calls };
}

describe('the checker', () => {
  it('finds nothing wrong with a sound run', () => {
    const { log, final, calls } = sound();
    expect(violations(log, [final], SHAPES, { ...JUDGE, calls })).toEqual([]);
  });

  type Fault = (run: ReturnType<typeof sound>) => {
    log?: readonly Exchange[];
    cases?: readonly FinalCase[];
    calls?: readonly Call[];
  };
  const faults: [string, RegExp, Fault][] = [
    ['a case that was acknowledged and is gone', /case case-1 was started and is lost/, () => ({ cases: [] })],
    [
      'a claim that was acknowledged and is gone',
      /the history does not know it/,
      ({ final }) => ({ cases: [without(final, 4)] }),
    ],
    [
      'a completion that was acknowledged and is gone',
      /task-1: 'wang' had the complete acknowledged/,
      ({ final }) => ({ cases: [without(final, 8)] }),
    ],
    [
      'a task that was completed and is open again',
      /was completed and is claimed/,
      ({ final }) => ({ cases: [{ ...final, tasks: [{ ...final.tasks[0]!, status: 'claimed' }] }] }),
    ],
    [
      'a task that somebody else holds',
      /now sun has it/,
      ({ final }) => ({ cases: [{ ...final, tasks: [{ ...final.tasks[0]!, assignee: 'sun' }] }] }),
    ],
    ['a task completed twice', /'task.completed' of 'a' 2 times/, ({ final }) => ({ cases: [again(final, 8)] })],
    [
      'two requests that both completed a task',
      /succeeded for two requests, k4 and k9/,
      ({ log, exchange }) => ({ log: [...log, exchange('complete', 'k9')] }),
    ],
    [
      'two persons who both claimed a task',
      /'sun' had the claim acknowledged/,
      ({ log, exchange }) => ({ log: [...log, exchange('claim', 'k9', { who: 'sun' })] }),
    ],
    [
      'a task that is there twice',
      /has 2 tasks 'a'/,
      ({ final }) => ({ cases: [{ ...final, tasks: [...final.tasks, { ...final.tasks[0]!, id: 'task-2' }] }] }),
    ],
    ['a case that does not end', /is active at the end/, ({ final }) => ({ cases: [{ ...final, status: 'active' }] })],
    ['a case that ends twice', /ended 2 times/, ({ final }) => ({ cases: [again(final, 11)] })],
    [
      'a case that goes on after its end',
      /went on after its end/,
      ({ final, event }) => ({ cases: [{ ...final, history: [...final.history, event(12, 'variables.set', 'x')] }] }),
    ],
    ['a join that fires twice', /passed 'join' 2 times/, ({ final }) => ({ cases: [again(final, 9)] })],
    ['a join that never fires', /passed 'join' 0 times/, ({ final }) => ({ cases: [without(final, 9)] })],
    ['a timer that fires twice', /fired 2 times/, ({ final }) => ({ cases: [again(final, 5)] })],
    ['a timer that never fires', /fired 0 times/, ({ final }) => ({ cases: [without(final, 5)] })],
    ['a timer that fires early', /fired 1 ms early/, ({ final }) => ({ cases: [moved(final, 5, AT + 4_999)] })],
    [
      'a reminder that comes early',
      /'remind' fired 1 ms early/,
      ({ final }) => ({ cases: [moved(final, 6, AT + 3_999)] }),
    ],
    ['a reminder that comes twice at once', /fired without being armed/, ({ final }) => ({ cases: [again(final, 6)] })],
    [
      'a reminder that comes too often',
      /'remind' fired 3 times instead of 2/,
      ({ final }) => ({ cases: [again(again(final, 6), 6)] }),
    ],
    [
      'a reminder that never comes though its task waits',
      /timer 'remind' was 4000 ms late/,
      ({ final }) => ({ cases: [without(final, 6, 7)] }),
    ],
    [
      'a reminder that comes late',
      /timer 'remind' was 2001 ms late/,
      ({ final }) => ({ cases: [moved(final, 6, AT + 6_001)] }),
    ],
    [
      'a reminder that comes once and is not armed again',
      /'remind' fired 1 times and was armed only 1 times/,
      ({ final }) => ({ cases: [without(final, 7)] }),
    ],
    [
      'a timer that is late',
      /timer 'pause' was 2001 ms late/,
      ({ final }) => ({ cases: [moved(final, 5, AT + 7_001)] }),
    ],
    ['work that is late', /'ask' was 2001 ms late/, ({ final }) => ({ cases: [moved(final, 10, AT + 11_001)] })],
    [
      'a date that is not when it was',
      /'task.completed' of 'a' is dated 3600000 ms off/,
      ({ final }) => ({ cases: [moved(final, 8, AT + 8_300 + 3_600_000)] }),
    ],
    [
      'what was filled in and is gone',
      /'opinion' was filled in with "yes" and is undefined/,
      ({ final }) => ({ cases: [{ ...final, variables: { amount: 7 } }] }),
    ],
    [
      'what was filled in at the start and is another',
      /'amount' was filled in with 7 and is 8/,
      ({ final }) => ({ cases: [{ ...final, variables: { ...final.variables, amount: 8 } }] }),
    ],
    ['work that is done without a call', /nobody was called/, () => ({ calls: [] })],
    [
      'a call that is made under two names',
      /called under 2 different keys/,
      ({ calls }) => ({ calls: [...calls, { key: 'case-1.5.work2', at: AT }] }),
    ],
    [
      'a call that is made twice while no node died',
      /called 2 times while no node died/,
      ({ calls }) => ({ calls: [...calls, ...calls] }),
    ],
    [
      'a gap in the history',
      /has number 4 in place 3/,
      ({ final }) => ({ cases: [{ ...final, history: final.history.filter(({ seq }) => seq !== 3) }] }),
    ],
    [
      'a history whose hashes do not fit',
      /does not verify/,
      ({ final }) => ({ cases: [{ ...final, verified: false }] }),
    ],
    [
      'an event that is not chained to the one before, whatever the server says of it',
      /is not chained: event 5/,
      ({ final }) => {
        const loose = { ...final.history[4]!, prevHash: '' };
        return { cases: [changed(final, 5, { prevHash: '', hash: hashOf('case-1', loose) })] };
      },
    ],
    [
      'an event that was changed after it was written, whatever the server says of it',
      /has a hash at event 4 that is not its own/,
      ({ final }) => ({ cases: [changed(final, 4, { data: { amount: 2 } })] }),
    ],
    [
      'a history that was changed after it was shown',
      /showed another event 2 of case case-1/,
      ({ final }) => ({ cases: [changed(final, 2, { hash: 'other' })] }),
    ],
    [
      'a key that is answered differently',
      /key k1 was answered 201 .* then 201/,
      ({ log, exchange }) => ({ log: [...log, exchange('start', 'k1', { body: { id: 'case-1', did: 'other' } })] }),
    ],
    [
      'a key that is refused after its answer',
      /key k4 was answered 200 .* then 409/,
      ({ log, exchange }) => ({ log: [...log, exchange('complete', 'k4', { status: 409, body: {} })] }),
    ],
    [
      'a start that made two cases',
      /1 cases were asked for, and 2 are there/,
      ({ final }) => ({ cases: [final, { ...final, id: 'case-2' }] }),
    ],
    [
      'a node that says nothing',
      /complete task-1 had no answer of node 2 for 31 s/,
      ({ log, exchange }) => ({
        log: [
          ...log,
          exchange('complete', 'k5', { node: 2, status: 0, body: undefined, answered: AT + 31_000, sent: AT }),
        ],
      }),
    ],
    [
      'a request that took effect and was refused when it was repeated',
      /the complete of 'wang' took effect, and every answer was a refusal/,
      ({ log }) => ({
        log: log.map((each) =>
          each.key === 'k4' && each.status === 200 ? { ...each, status: 409, body: { code: 'task.closed' } } : each,
        ),
      }),
    ],
    [
      'a node that fails',
      /was answered 500/,
      ({ log, exchange }) => ({ log: [...log, exchange('claim', 'k9', { status: 500, body: {} })] }),
    ],
  ];
  it.each(faults)('catches %s', (_fault, sentence, make) => {
    const run = sound();
    const { log = run.log, cases = [run.final], calls = run.calls } = make(run);
    expect(violations(log, cases, SHAPES, { ...JUDGE, calls }).join('\n')).toMatch(sentence);
  });

  describe('takes 503 store.unavailable', () => {
    const away = (run: ReturnType<typeof sound>, more: Partial<Exchange> = {}, code = 'store.unavailable') =>
      run.exchange('complete', 'k4', { node: 1, status: 503, body: { code }, ...more });
    const judged = (more?: Partial<Exchange>, code?: string, window: Partial<StoreAway> = {}) => {
      const run = sound();
      const refused = away(run, more, code);
      const storeAway = [{ from: refused.sent - 1_000, to: refused.sent, ...window }];
      return violations([...run.log, refused], [run.final], SHAPES, { storeAway, calls: run.calls }).join('\n');
    };

    it('for honest while the node does not reach its store, also after the key had its answer', () => {
      expect(judged()).toBe('');
      expect(judged({}, undefined, { nodes: [1] })).toBe('');
    });
    it('for a failure of the node at any other time', () => {
      expect(judged({}, undefined, { to: AT - 60_000, from: AT - 90_000 })).toMatch(/was answered 503/);
      expect(judged({}, undefined, { from: AT + 60_000, to: AT + 90_000 })).toMatch(/was answered 503/);
    });
    it('of another node than those for a failure', () => {
      expect(judged({}, undefined, { nodes: [0, 2] })).toMatch(/was answered 503/);
    });
    it('and nothing else', () => {
      expect(judged({}, 'server.error')).toMatch(/was answered 503/);
      expect(judged({ status: 500 })).toMatch(/was answered 500/);
    });
  });

  it('takes no offence at a refusal that was under way before the key had its answer', () => {
    const { log, final, exchange, calls } = sound();
    const busy = exchange('claim', 'k2', { status: 409, body: {}, sent: AT + 3_950, answered: AT + 90_000 });
    expect(violations([...log, busy], [final], SHAPES, { ...JUDGE, calls })).toEqual([]);
  });

  it('takes no offence at work that waited anew because a node died meanwhile', () => {
    const { log, final, calls } = sound();
    const cases = [moved(final, 10, AT + 12_000)];
    const judge = { ...JUDGE, calls, disturbed: [AT + 10_500] };
    expect(violations(log, cases, SHAPES, judge)).toEqual([]);
    expect(violations(log, cases, SHAPES, { ...judge, disturbed: [AT + 9_500] })).not.toEqual([]);
  });

  it('takes no offence at a call that was made again after a node died', () => {
    const { log, final, calls } = sound();
    const again = { ...JUDGE, calm: false, calls: [...calls, ...calls] };
    expect(violations(log, [final], SHAPES, again)).toEqual([]);
  });
});
