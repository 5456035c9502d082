import { describe, expect, it } from '@jest/globals';
import type { Exchange, FinalCase, HistoryEvent, Shapes } from './evidence.ts';
import { violations } from './invariants.ts';
import type { Operation } from './operations.ts';
import { again, changed, rechained, without } from './written-run.ts';

const SHAPES: Shapes = {
  moved: { tasks: [], once: [], timers: [], line: ['inspect', 'decide'] },
  chosen: { tasks: [], once: ['meeting'], timers: [], choices: { meeting: ['visit', 'ask'] } },
};
const AT = Date.parse('2026-03-02T09:00:00+08:00');

type Written = { readonly final: FinalCase; readonly log: readonly Exchange[] };
type Task = FinalCase['tasks'][number];

/** Who, what, where and with which data: an event of each second. */
type Line = [who: string, type: string, node?: string, data?: Record<string, unknown>];
/** Which event of the history an operation led to, and what was sent. */
type Asked = [seq: number, verb: Operation, data: Record<string, unknown>];

function run(process: string, lines: readonly Line[], asked: readonly Asked[], rows: readonly [string, string][]) {
  const history = rechained(
    lines.map(([who, type, node, data = {}], index): HistoryEvent => ({
      ...{ seq: 0, at: new Date(AT + (index + 1) * 1_000).toISOString(), type, actor: { id: who }, data },
      ...{ node: node === undefined ? null : { id: node }, token: null, prevHash: '', hash: '' },
    })),
  );
  const tasks = rows.map(([node, status], index): Task => ({ id: `t${index}`, node, status, assignee: 'wang' }));
  const final: FinalCase = {
    ...{ id: 'case-1', process, parent: null, status: 'completed', tasks, variables: {}, history, verified: true },
  };
  const start = { sent: AT, answered: AT, node: 0, who: 'chen', verb: 'start', key: 's', status: 201 } as const;
  const requests = asked.flatMap(([seq, verb, data]): Exchange[] => {
    const sent = AT + seq * 1_000 - 100;
    const who = history[seq - 1]!.actor.id;
    const request = { sent, answered: sent + 200, node: 0, who, verb, key: `k${seq}`, target: 'case-1', data };
    return [
      { ...request, status: 0 },
      { ...request, status: 200, body: { seq } },
    ];
  });
  return { final, log: [{ ...start, body: { id: 'case-1' } }, ...requests] };
}

const found = ({ final, log }: Written) => violations(log, [final], SHAPES, { offMs: 500 }).join('\n');
const at = (id: string) => ({ id, name: id });
const completes = (node: string): Line[] => [
  ['wang', 'task.completed', node],
  ['wang', 'element.completed', node],
];
const rowsWithout = (run: Written, index: number) => ({
  final: { ...run.final, tasks: run.final.tasks.filter((_, each) => each !== index) },
});
const rowsWith = (run: Written, index: number, status: string) => ({
  final: { ...run.final, tasks: run.final.tasks.map((row, each) => (each === index ? { ...row, status } : row)) },
});
const said = (run: Written, seq: number, data: object) => {
  const final = changed(run.final, seq, { data: { ...run.final.history[seq - 1]!.data, ...data } });
  return { final: { ...final, history: rechained(final.history) } };
};

type Fault = [string, RegExp, (run: Written) => Partial<Written>];

describe('of cases that are moved by hand, the checker', () => {
  const [back, more, less] = [
    { do: 'move', from: 'decide', to: 'inspect' },
    { do: 'add', to: 'decide' },
    { do: 'cancel', from: 'decide' },
  ];
  const told = ({ do: verb, from, to }: { do: string; from?: string; to?: string }) => ({
    operations: [{ do: verb, ...(from && { from: at(from) }), ...(to && { to: at(to) }), count: 1 }],
  });
  const sound = () =>
    run(
      'moved',
      [
        ['chen', 'element.entered', 'inspect'],
        ...completes('inspect'),
        ['wang', 'element.entered', 'decide'],
        ['feng', 'case.modified', undefined, { reason: 'm1', ...told(back) }],
        ['feng', 'element.cancelled', 'decide'],
        ['feng', 'element.entered', 'inspect'],
        ['feng', 'case.modified', undefined, { reason: 'm2', ...told(more) }],
        ['feng', 'element.entered', 'decide'],
        ['feng', 'case.modified', undefined, { reason: 'm3', ...told(less) }],
        ['feng', 'element.cancelled', 'decide'],
        ...completes('inspect'),
        ['wang', 'element.entered', 'decide'],
        ...completes('decide'),
        ['wang', 'case.completed'],
      ],
      [
        [5, 'modify', { reason: 'm1', operations: [back] }],
        [8, 'modify', { reason: 'm2', operations: [more] }],
        [10, 'modify', { reason: 'm3', operations: [less], rev: 7 }],
      ],
      [
        ['decide', 'completed'],
        ['decide', 'cancelled'],
        ['inspect', 'completed'],
        ['decide', 'cancelled'],
        ['inspect', 'completed'],
      ],
    );

  it('finds nothing wrong with a sound run', () => {
    expect(found(sound())).toBe('');
  });

  const faults: Fault[] = [
    [
      'a move that was acknowledged and is gone',
      /modify 'm1' was acknowledged, and no history/,
      ({ final }) => ({ final: without(final, 5, 6, 7) }),
    ],
    [
      'a move that stands there twice',
      /modify 'm2' stands in the history 2 times/,
      ({ final }) => ({ final: again(final, 8) }),
    ],
    [
      'a move that nobody asked for',
      /tells of modify 'm3', and nobody asked/,
      ({ log }) => ({ log: log.filter(({ data }) => data?.reason !== 'm3') }),
    ],
    [
      'a move to elsewhere than was asked',
      /modify 'm1' stands in the history otherwise/,
      (run) => said(run, 5, { operations: [{ do: 'move', from: at('decide'), to: at('decide'), count: 1 }] }),
    ],
    [
      'a move with another answer for the same key',
      /key k5 was answered .* then/,
      (run) => ({ log: [...run.log, { ...run.log[2]!, sent: AT + 20_000, answered: AT + 20_100, body: { seq: 20 } }] }),
    ],
    [
      'a move that took effect and was refused',
      /modify 'm1' took effect, and every answer was a refusal/,
      ({ log }) => ({ log: log.map((each) => (each.data?.reason === 'm1' ? { ...each, status: 409 } : each)) }),
    ],
    [
      'a move that is told of and began nothing',
      /came to 'inspect' otherwise: 1 instead of 2/,
      ({ final }) => ({ final: without(final, 7) }),
    ],
    [
      'a move that began its task twice',
      /came to 'inspect' otherwise: 3 instead of 2/,
      ({ final }) => ({ final: again(final, 7) }),
    ],
    [
      'a move that left its task behind',
      /was taken from 'decide' otherwise: 1 instead of 2/,
      ({ final }) => ({ final: without(final, 6) }),
    ],
    [
      'a task that the page has lost',
      /shows other tasks 'inspect' .*: \[1,1,0\] instead of \[2,2,0\]/,
      (run) => rowsWithout(run, 4),
    ],
    [
      'a task that was taken away and that the page shows as open',
      /shows other tasks 'decide' .*: \[3,1,1\] instead of \[3,1,2\]/,
      (run) => rowsWith(run, 1, 'open'),
    ],
  ];
  it.each(faults)('catches %s', (_fault, sentence, make) => {
    const run = sound();
    expect(found({ ...run, ...make(run) })).toMatch(sentence);
  });

  it('takes no offence at a move that was never answered and did nothing', () => {
    const { final, log } = sound();
    const lost = log.map((each) => (each.data?.reason === 'm2' ? { ...each, status: 0 } : each));
    const gone = without(final, 8, 9, 10, 11);
    const asked = lost.filter(({ data }) => data?.reason !== 'm3');
    const tasks = final.tasks.filter((_, index) => index !== 1);
    expect(violations(asked, [{ ...gone, tasks }], SHAPES).join('\n')).toBe('');
  });

  it('dates each task of one element by its own request', () => {
    const { final, log } = sound();
    const completed = (task: string, second: number): Exchange => {
      const sent = AT + second * 1_000 - 100;
      return {
        ...log[1]!,
        sent,
        answered: sent + 200,
        verb: 'complete',
        who: 'wang',
        key: task,
        target: task,
        status: 200,
        data: {},
      };
    };
    const dated = (second: number) => found({ final, log: [...log, completed('t4', 2), completed('t2', second)] });
    expect(dated(12)).not.toMatch(/is dated/);
    expect(dated(20)).toMatch(/'task.completed' of 'inspect' is dated 7900 ms off/);
  });
});

describe('of cases in which is chosen what is done, the checker', () => {
  const sound = () =>
    run(
      'chosen',
      [
        ['wang', 'ad_hoc.chosen', 'meeting', { activities: ['visit', 'ask'] }],
        ['wang', 'element.entered', 'visit'],
        ['wang', 'element.entered', 'ask'],
        ['wang', 'ad_hoc.chosen', 'meeting', { activities: ['ask'] }],
        ['wang', 'element.entered', 'ask'],
        ...completes('visit'),
        ['wang', 'ad_hoc.ending', 'meeting'],
        ['wang', 'element.cancelled', 'ask'],
        ['wang', 'element.cancelled', 'ask'],
        ['wang', 'element.completed', 'meeting'],
        ['wang', 'case.completed'],
      ],
      [
        [1, 'choose', { activities: ['visit', 'ask'] }],
        [4, 'choose', { activities: ['ask'] }],
        [8, 'conclude', {}],
      ],
      [
        ['ask', 'cancelled'],
        ['ask', 'cancelled'],
        ['visit', 'completed'],
      ],
    );

  it('finds nothing wrong with a sound run', () => {
    expect(found(sound())).toBe('');
  });

  const faults: Fault[] = [
    [
      'a choice that was acknowledged and is gone',
      /choose 'ask of case-1' was acknowledged, and no history/,
      ({ final }) => ({ final: without(final, 4, 5) }),
    ],
    [
      'a choice that was made twice',
      /choose 'ask of case-1' stands in the history 2 times/,
      ({ final }) => ({ final: again(final, 4) }),
    ],
    [
      'a choice that nobody made',
      /tells of choose 'ask of case-1', and nobody asked/,
      ({ log }) => ({ log: log.filter(({ key }) => key !== 'k4') }),
    ],
    [
      'a choice as of somebody else',
      /choose 'visit,ask of case-1' of 'wang' stands in the history as of 'sun'/,
      ({ final }) => ({ final: changed(final, 1, { actor: { id: 'sun' } }) }),
    ],
    [
      'a choice that was refused when it was repeated',
      /choose 'ask of case-1' took effect, and every answer was a refusal/,
      ({ log }) => ({ log: log.map((each) => (each.key === 'k4' ? { ...each, status: 409 } : each)) }),
    ],
    [
      'a choice that began nothing',
      /began 'ask' otherwise than it was chosen: 1 instead of 2/,
      ({ final }) => ({ final: without(final, 5) }),
    ],
    [
      'a choice that began its task twice',
      /began 'visit' otherwise than it was chosen: 2 instead of 1/,
      ({ final }) => ({ final: again(final, 2) }),
    ],
    [
      'an end that was acknowledged and is gone',
      /conclude 'case-1' was acknowledged, and no history/,
      ({ final }) => ({ final: without(final, 8) }),
    ],
    [
      'a choice after the end',
      /something was chosen in 'meeting' after its end/,
      ({ final: { history, ...final } }) => ({
        final: { ...final, history: rechained([...history.slice(0, 3), history[7]!, ...history.slice(3)]) },
      }),
    ],
    [
      'what was cancelled at the end and that the page shows as open',
      /shows other tasks 'ask' .*: \[2,0,1\] instead of \[2,0,2\]/,
      (run) => rowsWith(run, 0, 'open'),
    ],
    [
      'a chosen task that the page has lost',
      /shows other tasks 'visit' .*: \[0,0,0\] instead of \[1,1,0\]/,
      (run) => rowsWithout(run, 2),
    ],
  ];
  it.each(faults)('catches %s', (_fault, sentence, make) => {
    const run = sound();
    expect(found({ ...run, ...make(run) })).toMatch(sentence);
  });
});
