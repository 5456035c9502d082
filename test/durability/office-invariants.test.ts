import { describe, expect, it } from '@jest/globals';
import type { Exchange, FinalCase, HistoryEvent, Shapes } from './evidence.ts';
import { violations } from './invariants.ts';
import type { Operation } from './operations.ts';
import type { Lists, ShownClock, ShownOrder, ShownSupervision } from './shown.ts';
import { again, changed, rechained, without } from './written-run.ts';

const SHAPES: Shapes = {
  licence: { tasks: [], once: [], timers: [] },
  withdrawn: { ends: 'cancelled', tasks: [], once: [], timers: [] },
};
const AT = Date.parse('2026-03-02T09:00:00+08:00');
const iso = (second: number) => new Date(AT + second * 1_000).toISOString();
const DEFECTS = [{ material: '营业执照', problem: '没有盖章' }];
const LIMIT = { value: 15, unit: 'workingDays' };

/** Who does what, at which second: the operation, what it is done to, what is sent and what the event tells besides. */
type Deed = [Operation, who: string, type: string, data: Record<string, unknown>, told?: object, target?: string];
const DEEDS: Deed[] = [
  ['notice', 'wang', 'supplement.noticed', { note: 'n1', defects: DEFECTS, limit: LIMIT }],
  ['answer', 'chen', 'supplement.answered', { note: 'a1' }, { files: 1 }],
  ['hold', 'wang', 'clock.held', { note: 'h1', reason: 'hearing', expectedDays: 5, notice: { number: '特1' } }],
  ['resume', 'wang', 'clock.resumed', { note: 'r1', reason: 'hearing' }, { since: AT + 3_000 }],
  ['extend', 'he', 'clock.extended', { note: 'e1', value: 5 }],
  ['urge', 'chen', 'case.urged', { note: 'u1' }],
  ['order', 'feng', 'order.issued', { what: 'o1', department: 'housing' }, { number: 'DB-1' }],
  ['reply', 'he', 'order.replied', { text: 'y1' }, { number: 'DB-1' }, 'DB-1'],
  ['judge', 'feng', 'order.returned', { text: 'j1', accepted: false }, { number: 'DB-1' }, 'DB-1'],
  ['reply', 'he', 'order.replied', { text: 'y2' }, { number: 'DB-1' }, 'DB-1'],
  ['judge', 'feng', 'order.accepted', { text: 'j2', accepted: true }, { number: 'DB-1' }, 'DB-1'],
  ['order', 'feng', 'order.issued', { what: 'o2', department: 'housing' }, { number: 'DB-2' }],
  ['revoke', 'feng', 'order.revoked', { text: 'v2' }, { number: 'DB-2' }, 'DB-2'],
  ['migrate', 'ding', 'case.migrated', { reason: 'm1', version: 2 }, { from: 1, to: 2 }],
  ['reason', 'wang', 'reason.given', { text: 'g1' }, { id: 'case-1.1' }, 'case-1.1'],
];
/** The number of the event that tells of it. */
const seqOf = (words: string) => DEEDS.findIndex(([, , , data]) => Object.values(data).includes(words)) + 1;
const ASKED = DEEDS.length + 1;

const order = (number: string, what: string, more: Partial<ShownOrder>): ShownOrder => ({
  ...{ number, cases: [{ id: 'case-1' }], what, status: 'issued', reply: null, verdict: null, revocation: null },
  ...more,
});

/** A sound run: one case about which everything was done once, asked for twice each time. */
function sound() {
  const event = (second: number, type: string, who: string, data: object): HistoryEvent => ({
    ...{ seq: 0, at: iso(second), type, node: null, actor: { id: who }, token: null, prevHash: '', hash: '' },
    data: data as Record<string, unknown>,
  });
  const history = rechained([
    ...DEEDS.map(([, who, type, data, told], index) => event(index + 1, type, who, { ...data, ...told })),
    event(ASKED, 'reason.asked', 'system', { id: 'case-1.1' }),
    event(ASKED + 1, 'case.urged', 'system', { role: 'system' }),
    event(ASKED + 2, 'case.completed', 'system', {}),
  ]);
  const log = DEEDS.flatMap(([verb, who, , data, , target = 'case-1'], index): Exchange[] => {
    const sent = AT + index * 1_000 + 900;
    const asked = { sent, answered: sent + 200, node: 0, who, verb, key: `k${index}`, target, status: 200, data };
    return [{ ...asked, status: 0 }, asked];
  });
  const starts = { sent: AT, answered: AT, node: 0, who: 'chen', verb: 'start', key: 's', status: 201 } as const;
  const clock: ShownClock = {
    holds: [{ reason: 'hearing', from: iso(3), to: iso(4), expectedDays: 5, notice: { number: '特1' } }],
    extensions: [{ value: 5, note: 'e1' }],
    supplements: [
      {
        defects: DEFECTS,
        note: 'n1',
        answer: { note: 'a1', remedies: [{ files: [{ id: 'file-1' }] }, { files: [] }] },
      },
    ],
  };
  const orders = [
    order('DB-2', 'o2', { status: 'revoked', revocation: { text: 'v2' } }),
    order('DB-1', 'o1', { status: 'accepted', reply: { text: 'y2' }, verdict: { text: 'j2' } }),
  ];
  const reasons = [{ id: 'case-1.1', status: 'given', answer: { text: 'g1' } }];
  const supervision: ShownSupervision = { urges: { count: 2 }, orders, reasons };
  const final: FinalCase = {
    ...{ id: 'case-1', process: 'licence', parent: null, status: 'completed', tasks: [], variables: {} },
    ...{ history, verified: true, version: 2, clock, supervision },
  };
  const lists: Lists = { orders, reasons, versions: [], calendars: [], files: {} };
  return { final, log: [{ ...starts, body: { id: 'case-1' } }, ...log], lists };
}

type Run = ReturnType<typeof sound>;
interface Written {
  readonly final: FinalCase;
  readonly log: readonly Exchange[];
  readonly lists: Lists;
}
const found = (run: Written) => violations(run.log, [run.final], SHAPES, { lists: run.lists, offMs: 500 }).join('\n');

const shows = (run: Run, clock: Partial<ShownClock>) => ({
  final: { ...run.final, clock: { ...run.final.clock!, ...clock } },
});
const watches = (run: Run, supervision: Partial<ShownSupervision>) => ({
  final: { ...run.final, supervision: { ...run.final.supervision!, ...supervision } },
});
const said = (run: Run, words: string, data: object) => {
  const final = changed(run.final, seqOf(words), { data: { ...run.final.history[seqOf(words) - 1]!.data, ...data } });
  return { final: { ...final, history: rechained(final.history) } };
};

describe('the checker', () => {
  it('finds nothing wrong with a sound run', () => {
    expect(found(sound())).toBe('');
  });

  it.each(DEEDS.map(([verb, , , data]) => [verb, Object.values(data)[0] as string] as const))(
    'catches a %s (%s) that was acknowledged and is gone, and one that was done twice',
    (verb, words) => {
      const { final, ...run } = sound();
      expect(found({ ...run, final: without(final, seqOf(words)) })).toContain(
        `${verb} '${words}' was acknowledged, and`,
      );
      expect(found({ ...run, final: again(final, seqOf(words)) })).toContain(
        `${verb} '${words}' stands in the history 2`,
      );
    },
  );

  const faults: [string, RegExp, (run: Run) => Partial<Written>][] = [
    [
      'what nobody asked for',
      /a history tells of urge 'u1', and nobody asked/,
      ({ log }) => ({ log: log.filter(({ verb }) => verb !== 'urge') }),
    ],
    [
      'what took effect and was refused when it was repeated',
      /hold 'h1' took effect, and every answer was a refusal/,
      ({ log }) => ({ log: log.map((each) => (each.verb === 'hold' ? { ...each, status: 409 } : each)) }),
    ],
    [
      'what stands there as of somebody else',
      /extend 'e1' of 'he' stands in the history as of 'sun'/,
      ({ final }) => ({ final: changed(final, seqOf('e1'), { actor: { id: 'sun' } }) }),
    ],
    [
      'what stands in the history of another case',
      /urge 'u1' of case-2 stands in the history as of case-1/,
      ({ log }) => ({ log: log.map((each) => (each.verb === 'urge' ? { ...each, target: 'case-2' } : each)) }),
    ],
    [
      'a reply that stands with another order',
      /reply 'y2' of DB-1 stands in the history as of DB-2/,
      (run) => said(run, 'y2', { number: 'DB-2' }),
    ],
    [
      'an extension that is longer than was asked',
      /extend 'e1' stands in the history with another 'value'/,
      (run) => said(run, 'e1', { value: 10 }),
    ],
    [
      'a date that is not when it was',
      /revoke 'v2' is dated 3599100 ms off/,
      ({ final }) => ({ final: changed(final, seqOf('v2'), { at: iso(12 + 3_600 + 0.2) }) }),
    ],
    ['a hold that the page has lost', /shows other holds: \[\] instead/, (run) => shows(run, { holds: [] })],
    [
      'a hold that the page still shows',
      /shows other holds: .*"since":null/,
      (run) => shows(run, { holds: run.final.clock!.holds.map((hold) => ({ ...hold, to: null })) }),
    ],
    [
      'a hold that the page shows twice',
      /shows other holds/,
      (run) => shows(run, { holds: [...run.final.clock!.holds, ...run.final.clock!.holds] }),
    ],
    ['an extension that the page has lost', /other extensions: \[\] instead/, (run) => shows(run, { extensions: [] })],
    [
      'an answer that the page has lost',
      /shows other supplements: .*"answer":null/,
      (run) => shows(run, { supplements: run.final.clock!.supplements.map((each) => ({ ...each, answer: null })) }),
    ],
    ['a page without the clock', /other holds/, ({ final }) => ({ final: { ...final, clock: null } })],
    [
      'an urge that is not counted',
      /shows other urges: 1 instead of 2/,
      (run) => watches(run, { urges: { count: 1 } }),
    ],
    [
      'an order that the page shows as it was before',
      /case case-1 shows other orders/,
      (run) => watches(run, { orders: run.lists.orders.map((each) => ({ ...each, status: 'issued' })) }),
    ],
    ['a reason that the page has lost', /shows other public reasons: \[\]/, (run) => watches(run, { reasons: [] })],
    ['a reason that is asked for twice', /shows other public reasons/, ({ final }) => ({ final: again(final, ASKED) })],
    [
      'an order that is not in the list',
      /order DB-2 is listed otherwise: \[\] instead/,
      ({ lists }) => ({ lists: { ...lists, orders: lists.orders.slice(1) } }),
    ],
    [
      'an order that is listed twice',
      /order DB-1 is listed otherwise/,
      ({ lists }) => ({ lists: { ...lists, orders: [...lists.orders, lists.orders[1]!] } }),
    ],
    [
      'an order that is listed with another reply',
      /order DB-1 is listed otherwise/,
      ({ lists }) => ({
        lists: { ...lists, orders: lists.orders.map((each) => ({ ...each, reply: { text: 'y1' } })) },
      }),
    ],
    [
      'an order in the list that no history knows',
      /order DB-3 is listed otherwise/,
      ({ lists }) => ({ lists: { ...lists, orders: [...lists.orders, order('DB-3', 'o3', {})] } }),
    ],
    [
      'a reason that is listed as if it were still asked for',
      /public reason case-1.1 is listed otherwise/,
      ({ lists }) => ({ lists: { ...lists, reasons: [{ id: 'case-1.1', status: 'asked', answer: null }] } }),
    ],
  ];
  it.each(faults)('catches %s', (_fault, sentence, make) => {
    const run = sound();
    expect(found({ ...run, ...make(run) })).toMatch(sentence);
  });

  it('takes no offence at a request that was never answered and did nothing', () => {
    const { final, log, lists } = sound();
    const lost = log.map((each) => (each.verb === 'urge' ? { ...each, status: 0 } : each));
    const gone = { ...without(final, seqOf('u1')), supervision: { ...final.supervision!, urges: { count: 1 } } };
    expect(found({ final: gone, log: lost, lists })).toBe('');
  });

  describe('of a case that is withdrawn', () => {
    const { log, lists } = sound();
    const by = { actor: { id: 'chen' }, data: { reason: 'c1' }, node: null, token: null, prevHash: '', hash: '' };
    const history = rechained([{ ...by, seq: 1, at: iso(1), type: 'case.cancelled' }]);
    const withdrawn: FinalCase = {
      ...{ id: 'case-1', process: 'withdrawn', parent: null, status: 'cancelled', tasks: [], variables: {} },
      ...{ history, verified: true },
    };
    const cancel = { sent: AT + 900, answered: AT + 1_100, node: 0, who: 'chen', verb: 'cancel', key: 'c' } as const;
    const asked = [log[0]!, { ...cancel, target: 'case-1', status: 200, data: { reason: 'c1' } }];
    const judged = (final: FinalCase) => found({ final, log: asked, lists: { ...lists, orders: [], reasons: [] } });

    it('finds nothing wrong with a sound run', () => {
      expect(judged(withdrawn)).toBe('');
    });
    it('finds that it was done twice', () => {
      expect(judged(again(withdrawn, 1))).toMatch(/cancel 'c1' stands in the history 2 times/);
    });
    it('finds that the case goes on', () => {
      const going = { ...withdrawn, status: 'active', history: [] };
      expect(judged(going)).toMatch(/is active at the end[^]*cancel 'c1' was acknowledged, and no history knows it/);
    });
    it('finds that it was completed', () => {
      expect(judged({ ...withdrawn, status: 'completed' })).toMatch(/is completed at the end/);
    });
  });
});
