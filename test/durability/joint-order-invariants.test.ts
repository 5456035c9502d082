import { describe, expect, it } from '@jest/globals';
import type { Exchange, FinalCase, HistoryEvent, Shapes } from './evidence.ts';
import { violations } from './invariants.ts';
import type { Operation } from './operations.ts';
import type { Lists, ShownOrder } from './shown.ts';
import { again, changed, moved, rechained, without } from './written-run.ts';

const SHAPES: Shapes = { licence: { tasks: [], once: [], timers: [] } };
const AT = Date.parse('2026-03-02T09:00:00+08:00');
const CASES = ['case-1', 'case-2'];
const ABOUT = { number: 'DB-1', department: 'housing', what: 'o1' };
const ORDER: ShownOrder = {
  ...{ number: 'DB-1', cases: CASES.map((id) => ({ id })), what: 'o1', status: 'accepted' },
  ...{ reply: { text: 'y1' }, verdict: { text: 'j1' }, revocation: null },
};

type Written = { readonly kept: FinalCase; readonly other: FinalCase; readonly log: Exchange[]; readonly lists: Lists };

/** A sound run: an order about two cases, the reply and the verdict, when both have ended. */
function sound(): Written {
  const deeds: [Operation, string, string, Record<string, unknown>][] = [
    ['order', 'feng', 'order.issued', { what: 'o1', department: 'housing', cases: CASES }],
    ['reply', 'he', 'order.replied', { text: 'y1' }],
    ['judge', 'feng', 'order.accepted', { text: 'j1', accepted: true }],
  ];
  const event = (second: number, type: string, who: string, data: object): HistoryEvent => ({
    ...{ seq: 0, at: new Date(AT + second * 1_000).toISOString(), type, node: null, actor: { id: who } },
    ...{ token: null, prevHash: '', hash: '', data: data as Record<string, unknown> },
  });
  const words = ({ text }: Record<string, unknown>) => (text === undefined ? {} : { text });
  const caseOf = (id: string, events: readonly HistoryEvent[]): FinalCase => ({
    ...{ id, process: 'licence', parent: null, status: 'completed', tasks: [], variables: {}, verified: true },
    history: rechained([event(1, 'case.completed', 'wang', {}), ...events], id),
    supervision: { urges: { count: 0 }, reasons: [], orders: [ORDER] },
  });
  const about = (data: Record<string, unknown>) => ({ ...ABOUT, ...words(data), cases: 2 });
  const start = { sent: AT, answered: AT, node: 0, who: 'chen', verb: 'start', status: 201 } as const;
  return {
    kept: caseOf(
      'case-1',
      deeds.map(([, who, type, data], index) => event(index + 2, type, who, { ...about(data), others: ['case-2'] })),
    ),
    other: caseOf(
      'case-2',
      deeds.map(([, who, type, data], index) =>
        event(index + 2.4, 'order.noted', who, { ...about(data), event: type }),
      ),
    ),
    log: [
      ...CASES.map((id): Exchange => ({ ...start, key: id, body: { id } })),
      ...deeds.flatMap(([verb, who, , data], index): Exchange[] => {
        const sent = AT + (index + 2) * 1_000 - 100;
        const target = index === 0 ? 'case-1' : 'DB-1';
        const asked = { sent, answered: sent + 200, node: 0, who, verb, key: `k${index}`, target, data };
        return [
          { ...asked, status: 0 },
          { ...asked, status: 200 },
        ];
      }),
    ],
    lists: { orders: [ORDER], reasons: [], versions: [], calendars: [], files: {} },
  };
}

const found = ({ kept, other, log, lists }: Written) =>
  violations(log, [kept, other], SHAPES, { lists, offMs: 500, lateMs: 30_000 }).join('\n');

const said = (final: FinalCase, seq: number, data: object) => {
  const said = changed(final, seq, { data: { ...final.history[seq - 1]!.data, ...data } });
  return { ...said, history: rechained(said.history, final.id) };
};
const shown = (final: FinalCase, orders: ShownOrder[]) => ({
  ...final,
  supervision: { ...final.supervision!, orders },
});

describe('of orders about several cases, the checker', () => {
  it('finds nothing wrong with a sound run', () => {
    expect(found(sound())).toBe('');
  });

  it('lets the other case tell of them in any order', () => {
    const { other, ...run } = sound();
    const [end, issued, replied, accepted] = other.history as [HistoryEvent, HistoryEvent, HistoryEvent, HistoryEvent];
    const turned = { ...other, history: rechained([end, accepted, issued, replied], 'case-2') };
    expect(found({ ...run, other: turned })).toBe('');
  });

  const faults: [string, RegExp, (run: Written) => Partial<Written>][] = [
    [
      'an order that was acknowledged and is gone',
      /order 'o1' was acknowledged, and no history knows it/,
      ({ kept }) => ({ kept: without(kept, 2) }),
    ],
    [
      'an order about other cases than was asked',
      /order 'o1' stands in the history otherwise: \{"others":\["case-3"\]\}/,
      ({ kept }) => ({ kept: said(kept, 2, { others: ['case-3'] }) }),
    ],
    [
      'an order of which the other case is not told',
      /case case-2: order.issued 'o1' of order DB-1 is not told of there/,
      ({ other }) => ({ other: without(other, 2) }),
    ],
    [
      'a verdict of which the other case is not told',
      /case case-2: order.accepted 'j1' of order DB-1 is not told of there/,
      ({ other }) => ({ other: without(other, 4) }),
    ],
    [
      'a reply of which the other case is told twice',
      /order.replied 'y1' of order DB-1 is told of there 2 times/,
      ({ other }) => ({ other: again(other, 3) }),
    ],
    [
      'a reply of which the other case is told, and that was not given',
      /order.replied 'y1' of order DB-1 is told of there, and was not done/,
      ({ kept }) => ({ kept: without(kept, 3) }),
    ],
    [
      'what is told of as of somebody else',
      /order.replied 'y1' .* is told of there as of 'system'/,
      ({ other }) => ({ other: changed(other, 3, { actor: { id: 'system' } }) }),
    ],
    [
      'what is told of in other words',
      /order.issued 'o1' .* is told of there in other words/,
      ({ other }) => ({ other: said(other, 2, { department: 'tax' }) }),
    ],
    [
      'what is told of before it was done',
      /order.replied 'y1' .* is told of there 1000 ms before it was done/,
      ({ other }) => ({ other: moved(other, 3, AT + 2_000) }),
    ],
    [
      'what is told of too late',
      /order.replied 'y1' .* is told of there 57000 ms late/,
      ({ other }) => ({ other: moved(other, 3, AT + 60_000) }),
    ],
    [
      'an order that the page of the other case does not show',
      /case case-2 shows other orders: \[\] instead/,
      ({ other }) => ({ other: shown(other, []) }),
    ],
    [
      'an order that the page of the other case shows as it was before',
      /case case-2 shows other orders/,
      ({ other }) => ({ other: shown(other, [{ ...ORDER, status: 'replied', verdict: null }]) }),
    ],
    [
      'an order that is listed about one case only',
      /order DB-1 is listed otherwise/,
      ({ lists }) => ({ lists: { ...lists, orders: [{ ...ORDER, cases: [{ id: 'case-1' }] }] } }),
    ],
    [
      'a reply with another answer for the same key',
      /key k1 was answered .* then/,
      ({ log }) => ({ log: [...log, { ...log[5]!, sent: AT + 9_000, answered: AT + 9_100, status: 409 }] }),
    ],
  ];
  it.each(faults)('catches %s', (_fault, sentence, make) => {
    const run = sound();
    expect(found({ ...run, ...make(run) })).toMatch(sentence);
  });
});
