import { describe, expect, it } from '@jest/globals';
import type { Exchange, FinalCase, HandedOut, HistoryEvent, Shapes } from './evidence.ts';
import { violations } from './invariants.ts';
import { again, changed, moved, rechained, without } from './written-run.ts';

const SHAPES: Shapes = {
  caller: { tasks: [], once: ['join'], timers: [], messages: { paid: 'payment' }, opens: { survey: 'called' } },
  called: { tasks: [], once: ['measure'], timers: [] },
  sentry: { tasks: [], once: [], timers: [], signals: { warned: 'warning' } },
};
const AT = Date.parse('2026-03-02T09:00:00+08:00');
const JOB = 'case-1.2.work1';

/**
 * A sound run: two cases that each get a message, one of them before it waits; a job that is lost by one worker and done by
 * another; a called case; a case on watch that hears two signals.
 */
function sound() {
  let time = AT;
  const event = (seconds: number, type: string, node?: string, data = {}): HistoryEvent => ({
    seq: 0,
    at: new Date(AT + seconds * 1_000).toISOString(),
    type,
    node: node === undefined ? null : { id: node },
    actor: { id: 'system' },
    data,
    token: null,
    prevHash: '',
    hash: '',
  });
  const final = (id: string, process: string, events: HistoryEvent[], more: Partial<FinalCase> = {}): FinalCase => ({
    id,
    process,
    parent: null,
    status: 'completed',
    tasks: [],
    history: rechained(events, id),
    variables: {},
    verified: true,
    ...more,
  });
  const calling = (id: string, payment: string, more: Partial<FinalCase> = {}) =>
    final(
      id,
      'caller',
      [
        event(1, 'case.started', 's'),
        event(6, 'variables.set', 'paid', { payment }),
        event(7, 'element.completed', 'survey'),
        event(8, 'element.completed', 'join'),
        event(9, 'case.completed'),
      ],
      more,
    );
  const called = (id: string, parent: string) => {
    const events = [event(2, 'case.started'), event(3, 'element.completed', 'measure'), event(5, 'case.completed')];
    return final(id, 'called', events, { parent });
  };
  const watch = [
    event(1, 'case.started', 's'),
    event(4, 'variables.set', 'warned', { warning: 'storm-1' }),
    event(6, 'variables.set', 'warned', { warning: 'storm-2' }),
    event(9, 'case.completed'),
  ];
  const cases = {
    one: calling('case-1', 'payment-1', { variables: { stamped: 'by-2' } }),
    two: calling('case-2', 'payment-2'),
    childOfOne: called('child-1', 'case-1'),
    childOfTwo: called('child-2', 'case-2'),
    sentry: final('sentry-1', 'sentry', watch),
  };

  const exchange = (verb: Exchange['verb'], more: Partial<Exchange>): Exchange => ({
    sent: (time += 10),
    answered: (time += 10),
    node: 0,
    who: 'system',
    verb,
    status: 200,
    ...more,
  });
  const start = (id: string) => exchange('start', { key: `start ${id}`, status: 201, body: { id } });
  const message = (payment: string, caseId: string | null, more: Partial<Exchange> = {}) =>
    exchange('message', { key: payment, data: { payment }, body: { caseId, kept: caseId === null }, ...more });
  const signal = (warning: string, more: Partial<Exchange> = {}) =>
    exchange('signal', { key: warning, data: { warning }, body: { id: warning }, ...more });
  const fetched = (who: string, fence: number, seconds: number, more: Partial<HandedOut> = {}) => {
    const sent = AT + seconds * 1_000;
    const leaseUntil = new Date(sent + 1_000).toISOString();
    return exchange('fetch', { who, sent, answered: sent + 10, body: [{ id: JOB, fence, leaseUntil, ...more }] });
  };
  const report = (who: string, fence: number, seconds: number, more: Partial<Exchange> = {}) => {
    const sent = AT + seconds * 1_000;
    const data = { stamped: who.replace('worker', 'by') };
    return exchange('report', {
      who,
      key: `${who} ${fence}`,
      target: JOB,
      fence,
      data,
      sent,
      answered: sent + 10,
      status: 204,
      ...more,
    });
  };
  const log = [
    ...['case-1', 'case-2', 'sentry-1'].map(start),
    message('payment-1', 'case-1', { status: 0, body: undefined }),
    message('payment-1', 'case-1'),
    message('payment-2', null),
    signal('storm-1'),
    signal('storm-2', { status: 0, body: undefined }),
    signal('storm-2'),
    fetched('worker-1', 1, 2),
    fetched('worker-2', 2, 3.5),
    report('worker-1', 1, 3.6, { status: 409, body: { code: 'job.lease_lost' } }),
    report('worker-2', 2, 4, { status: 0, body: undefined }),
    report('worker-2', 2, 4.1),
  ];
  return { log, cases, exchange, message, signal, fetched, report };
}

describe('the checker', () => {
  it('finds nothing wrong with a sound run of messages, signals, workers and called cases', () => {
    const { log, cases } = sound();
    expect(violations(log, Object.values(cases), SHAPES)).toEqual([]);
  });

  type Run = ReturnType<typeof sound>;
  type Fault = (run: Run) => { log?: readonly Exchange[]; cases?: Partial<Run['cases']> };
  const faults: [string, RegExp, Fault][] = [
    [
      'a message that two cases received',
      /message payment-1 was received by case-1 and case-2/,
      ({ cases }) => ({ cases: { two: changed(cases.two, 2, { data: { payment: 'payment-1' } }) } }),
    ],
    [
      'a message that a case received twice',
      /message payment-1 was received by case-1 and case-1/,
      ({ cases }) => ({ cases: { one: again(cases.one, 2) } }),
    ],
    [
      'a message that was acknowledged and is lost',
      /message payment-1 .* was acknowledged, and no case received it/,
      ({ cases }) => ({ cases: { one: without(cases.one, 2) } }),
    ],
    [
      'a kept message that is lost',
      /message payment-2 .* was acknowledged, and no case received it/,
      ({ cases }) => ({ cases: { two: without(cases.two, 2) } }),
    ],
    [
      'a message that went to another case than was said',
      /message payment-1 went to case case-1, and case case-2 was named/,
      ({ log }) => ({
        log: log.map((each) =>
          each.key === 'payment-1' && each.body ? { ...each, body: { caseId: 'case-2' } } : each,
        ),
      }),
    ],
    [
      'a message that is refused, because it had taken effect or nobody was found',
      /message payment-1 was refused \(404\)/,
      ({ log }) => ({
        log: log.map((each) => (each.key === 'payment-1' && each.status > 0 ? { ...each, status: 404 } : each)),
      }),
    ],
    [
      'a signal that a case did not hear',
      /sentry-1 waited for signal storm-2, which was acknowledged, and never heard it/,
      ({ cases }) => ({ cases: { sentry: without(cases.sentry, 3) } }),
    ],
    [
      'a signal that a case heard twice',
      /sentry-1 heard signal storm-1 2 times/,
      ({ cases }) => ({ cases: { sentry: again(cases.sentry, 2) } }),
    ],
    [
      'a job that is handed out while it is locked for another',
      /handed to 'worker-2' while it was locked for 'worker-1'/,
      ({ log, fetched }) => ({
        log: [...log.filter(({ verb, who }) => verb !== 'fetch' || who !== 'worker-2'), fetched('worker-2', 2, 2.5)],
      }),
    ],
    [
      'a job that two workers got under one number',
      /handed out twice under number 2/,
      ({ log, fetched }) => ({ log: [...log, fetched('worker-1', 2, 3.7)] }),
    ],
    [
      'a result of a worker whose lock had gone to another',
      /the result of 'worker-1' was taken after the job had gone to 'worker-2'/,
      ({ log, report }) => ({ log: [...log.filter(({ verb }) => verb !== 'report'), report('worker-1', 1, 3.6)] }),
    ],
    [
      'two results of one job',
      /two results were taken, worker-1 1 and worker-2 2/,
      ({ log }) => ({ log: log.map((each) => (each.status === 409 ? { ...each, status: 204 } : each)) }),
    ],
    [
      'a job that is handed out after it was done',
      /handed to 'worker-1' after its result had been taken/,
      ({ log, fetched }) => ({ log: [...log, fetched('worker-1', 3, 6)] }),
    ],
    [
      'a result that was acknowledged and does not stand in the case',
      /case case-1: 'stamped' was filled in with "by-2" and is undefined/,
      ({ cases }) => ({ cases: { one: { ...cases.one, variables: {} } } }),
    ],
    [
      'a result that took effect and was refused when it was repeated',
      /the result of 'worker-2' took effect, and every answer was a refusal/,
      ({ log }) => ({ log: log.map((each) => (each.status === 204 ? { ...each, status: 404 } : each)) }),
    ],
    [
      'a call that opens two cases',
      /case case-1: 'survey' opened 2 cases/,
      ({ cases }) => ({ cases: { childOfTwo: { ...cases.childOfTwo, parent: 'case-1' } } }),
    ],
    [
      'a call that opens none',
      /case case-1: 'survey' opened 0 cases/,
      ({ cases }) => ({ cases: { childOfOne: { ...cases.childOfOne, parent: 'case-2' } } }),
    ],
    [
      'a called case that ends twice',
      /case child-1 ended 2 times/,
      ({ cases }) => ({ cases: { childOfOne: again(cases.childOfOne, 3) } }),
    ],
    [
      'a case that goes on before the case it called has ended',
      /case case-1 went on behind 'survey' before case child-1 ended/,
      ({ cases }) => ({ cases: { one: moved(cases.one, 3, AT + 4_000) } }),
    ],
    [
      'a case that goes on twice',
      /case case-1 passed 'join' 2 times/,
      ({ cases }) => ({ cases: { one: again(cases.one, 4) } }),
    ],
  ];
  it.each(faults)('catches %s', (_fault, sentence, make) => {
    const run = sound();
    const { log = run.log, cases } = make(run);
    expect(violations(log, Object.values({ ...run.cases, ...cases }), SHAPES).join('\n')).toMatch(sentence);
  });

  it('takes no offence at a late result that nobody else has taken over', () => {
    const { log, cases, report } = sound();
    const one = { ...cases.one, variables: { stamped: 'by-1' } };
    const late = log.filter(({ verb, who }) => verb !== 'report' && who !== 'worker-2');
    const run = violations([...late, report('worker-1', 1, 7)], Object.values({ ...cases, one }), SHAPES);
    expect(run).toEqual([]);
  });

  it('takes no offence at a signal that was sent before the case waited, or was never acknowledged', () => {
    const { log, cases, signal } = sound();
    const early = signal('storm-0', { sent: AT - 10, answered: AT - 5 });
    const unknown = signal('storm-3', { status: 0, body: undefined });
    expect(violations([...log, early, unknown], Object.values(cases), SHAPES)).toEqual([]);
  });
});
