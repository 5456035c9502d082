import { describe, expect, it } from '@jest/globals';
import type { Exchange, FinalCase, Shapes } from './evidence.ts';
import { lastIsKept } from './record-invariants.ts';
import { rechained } from './written-run.ts';

const SHAPES: Shapes = {
  desks: { tasks: [], once: [], timers: [], records: { readBy: 'check', into: 'seen', putBy: 'last' } },
};
const AT = Date.parse('2026-03-02T09:00:00+08:00');
const OFF = { offMs: 500 };
const second = (seconds: number) => AT + seconds * 1_000;

/** A case that read a record at that second, found this in it, and put down its own id. */
function desk(id: string, readAt: number, seen: string | null, application = 'a-1'): FinalCase {
  const at = new Date(second(readAt)).toISOString();
  const by = { actor: { id: 'system' }, data: {}, token: null, prevHash: '', hash: '', seq: 0 };
  return {
    id,
    process: 'desks',
    parent: null,
    status: 'completed',
    tasks: [{ id: `${id}.t`, node: 'last', status: 'completed', assignee: 'wang' }],
    history: rechained([{ ...by, at, type: 'element.completed', node: { id: 'check' } }], id),
    variables: { application, seen, last: id },
    verified: true,
  };
}

/** Sent and answered at these seconds. */
function put(id: string, sent: number, answered: number, more: Partial<Exchange> = {}): Exchange {
  const when = { sent: second(sent), answered: second(answered) };
  const what = { verb: 'complete', target: `${id}.t`, key: `key of ${id}`, data: { last: id } } as const;
  return { ...when, ...what, node: 0, who: 'wang', status: 200, ...more };
}

/** Three cases one after the other. */
const CASES = [desk('one', 0, null), desk('two', 4, 'one'), desk('three', 8, 'two')];
const LOG = [put('one', 2, 3), put('two', 5, 6, { status: 0 }), put('two', 6, 7), put('three', 9, 10)];

describe('the checker of records', () => {
  const found = (log: Exchange[], cases: FinalCase[]) => lastIsKept(log, cases, SHAPES, OFF).join('\n');

  it('finds nothing wrong where each reads what was put down last', () => {
    expect(found(LOG, CASES)).toBe('');
  });

  it('catches an older one that came back, one that is lost, and one that nobody put down', () => {
    const [one, two] = CASES as [FinalCase, FinalCase];
    expect(found(LOG, [one, two, desk('three', 8, 'one')])).toBe(
      "case three read 'one' in record a after 'two' was put there",
    );
    expect(found(LOG, [one, desk('two', 4, null), desk('three', 8, 'two')])).toBe(
      "case two read 'null' in record a after 'one' was put there",
    );
    expect(found(LOG, [one, two, desk('three', 8, 'four')])).toBe("case three read 'four', which nobody put down");
  });

  it('takes either of two that were under way together, and what was not yet acknowledged or is about to be', () => {
    const both = [put('one', 2, 6), put('two', 5, 7)];
    const cases = [desk('one', 0, null), desk('two', 1, null)];
    for (const seen of ['one', 'two']) expect(found(both, [...cases, desk('three', 9, seen)])).toBe('');
    const unanswered = [put('one', 2, 3), put('two', 5, 6, { status: 0 })];
    for (const seen of ['one', 'two']) expect(found(unanswered, [...cases, desk('three', 9, seen)])).toBe('');
    expect(found(LOG, [desk('one', 0, null), desk('two', 4, 'one'), desk('three', 7.4, 'one')])).toBe('');
  });

  it('does not mix records up', () => {
    expect(found(LOG, [...CASES, desk('four', 12, null, 'b-1')])).toBe('');
  });
});
