import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { callId } from '../../../engine/cases/call-rows.ts';
import { buildCommit } from '../../../engine/cases/build-commit.ts';
import type { CaseState, Command, Operation } from '../../../engine/core/index.ts';
import type { JsonObject } from '../../../engine/kernel/json.ts';
import { isRejection } from '../../../engine/kernel/rejection.ts';
import type { ProcessGraph } from '../../../engine/model/graph.ts';
import type { CaseRow } from '../../../engine/store/ports.ts';
import type { WorkCalendar } from '../../../engine/time/index.ts';
import { loadCalendar } from '../../../processes/calendars/load.ts';
import { rowFaults, Rows, stateFaults } from '../../support/consistency.ts';
import { graphOf } from '../../support/graph-of.ts';
import type { Block } from '../../support/random-block.ts';
import { everyKindOfProcess } from '../../support/random-every-kind.ts';
import { processToBpmn } from '../../support/random-process.ts';
import { nextOf, possibleCommands, possibleStarts, stepWith } from '../../support/random-walk.ts';
import { aCase } from '../../support/stores.ts';

const MODELS = 300;
const SEED = Number(process.env.RANDOM_SEED ?? 20260302);
const START = Date.parse('2026-03-02T01:00:00Z');

/** What a random person might ask for: mostly things that exist, sometimes not. */
const anyRequest = fc.record({
  verb: fc.constantFrom('move', 'move', 'move', 'add', 'add', 'cancel'),
  at: fc.nat(1_000),
  to: fc.nat(1_000),
});
type Request = { verb: string; at: number; to: number };

function operationsFor(requests: Request[], graph: ProcessGraph, state: CaseState): Operation[] {
  const tokens = Object.keys(state.tokens);
  const joins = Object.values(state.scopes).flatMap((scope) => Object.keys(scope.joins ?? {}));
  const places = [
    ...tokens.map((token) => ({ token })),
    ...joins.map((element) => ({ element })),
    ...Object.values(state.tokens).map(({ node }) => ({ element: node })),
  ];
  const elements = Object.keys(graph.nodes);
  return requests.map(({ verb, at, to }): Operation => {
    const place = places[at % places.length]!;
    const target = { element: elements[to % elements.length]! };
    if (verb === 'cancel') return { do: 'cancel', at: place };
    return verb === 'move' ? { do: 'move', at: place, to: target } : { do: 'add', to: target };
  });
}

/** One case with its rows, stepped in memory; every step is checked and the state goes through JSON. */
class Desk {
  row: CaseRow = aCase({ rev: 0, incidents: 0 });
  now = START;
  readonly rows = new Rows();
  readonly graph: ProcessGraph;
  readonly calendar: WorkCalendar;
  /** The same case, never reloaded. */
  private unstopped: CaseState | null = null;
  private readonly register = new Map<string, JsonObject>();
  private readonly unstoppedRegister = new Map<string, JsonObject>();

  constructor(graph: ProcessGraph, calendar: WorkCalendar) {
    this.graph = graph;
    this.calendar = calendar;
  }

  take(command: Command): void {
    const before = command.type === 'start' ? null : this.row.state;
    const result = stepWith(this.graph, before, command, this.now, this.register);
    const through = stepWith(this.graph, before && this.unstopped, command, this.now, this.unstoppedRegister);
    expect(JSON.stringify(result)).toBe(JSON.stringify(through));
    if (through.done) this.unstopped = through.state;
    const commit = buildCommit(this.row, this.graph, result, {
      actor: 'somebody',
      now: this.now,
      calendar: this.calendar,
    });
    // the job that opened the called case was done before that could report anything
    if ('work' in command) this.rows.jobs.delete(callId(this.row.id, command.token, command.work));
    this.rows.apply(commit);
    this.row = JSON.parse(JSON.stringify(commit.case)) as CaseRow;
    const { state } = this.row;
    expect([...stateFaults(this.graph, state), ...rowFaults(this.rows, this.row, this.graph, this.calendar)]).toEqual(
      [],
    );
  }

  /** Does whatever comes next, or what the case itself waits for; false where only a person who repairs could go on. */
  goOn(choice: number, settle = false): boolean {
    const possible = possibleCommands(this.row.state, this.now, this.graph);
    const next = nextOf(settle ? possible.filter(({ beside }) => !beside) : possible, choice, settle);
    if (!next) return false;
    this.now = next.now;
    this.take(next.command);
    return true;
  }
}

/** A second branch keeps the case open long enough for somebody to find fault with it. */
function besideAnother(block: Block): Block {
  return {
    kind: 'parallel',
    parts: [{ kind: 'sequence', parts: [{ kind: 'user' }, { kind: 'user' }] }, block],
    chosen: [],
  };
}

/** Where a person has to repair, and where a condition is awaited that nothing makes true any more. */
function whyItWaits({ row, graph }: Desk): string[] {
  return Object.values(row.state.tokens).flatMap(({ node, incident, armed }) => {
    const conditions = Object.values(armed ?? {}).some(({ type, done }) => type === 'condition' && !done);
    return incident || (conditions && graph.nodes[node]!.boundary.length === 0)
      ? [`${incident?.code ?? 'condition'} ${node}`]
      : [];
  });
}

describe(`${MODELS} random models, changed by hand at a random moment (RANDOM_SEED=${SEED})`, () => {
  let calendar: WorkCalendar;
  beforeAll(() => {
    calendar = loadCalendar();
  });

  it('keep every count and row right, and then end, or wait where somebody can see why', async () => {
    const seen = { changed: 0, refused: 0, completed: 0, waiting: 0 };
    await fc.assert(
      fc.asyncProperty(
        everyKindOfProcess,
        fc.array(fc.nat(1_000), { minLength: 5, maxLength: 40 }),
        fc.array(fc.tuple(fc.nat(4), fc.array(anyRequest, { minLength: 1, maxLength: 3 })), {
          minLength: 1,
          maxLength: 3,
        }),
        async (shape, choices, changes) => {
          const desk = new Desk(
            await graphOf(processToBpmn({ ...shape, block: besideAnother(shape.block) })),
            calendar,
          );
          const starts = possibleStarts(desk.graph);
          desk.take(starts[choices[0]! % starts.length]!);
          for (const [steps, requests] of changes) {
            for (let i = 0; i < steps && desk.row.status === 'active'; i++)
              if (!desk.goOn(choices[i % choices.length]!)) break;
            if (desk.row.status !== 'active') break;
            const before = JSON.stringify(desk.row);
            try {
              const operations = operationsFor(requests, desk.graph, desk.row.state);
              desk.take({ type: 'modify', operations, reason: 'test' });
              seen.changed++;
            } catch (refusal) {
              if (!isRejection(refusal) || !refusal.code.startsWith('modification.')) throw refusal;
              expect(JSON.stringify(desk.row)).toBe(before);
              seen.refused++;
            }
          }
          for (let i = 0; i < 1_000 && desk.row.status === 'active'; i++) if (!desk.goOn(0, true)) break;
          if (desk.row.status !== 'active') seen.completed++;
          else {
            expect(whyItWaits(desk)).not.toEqual([]);
            seen.waiting++;
          }
        },
      ),
      { numRuns: MODELS, seed: SEED },
    );
    expect(seen.changed).toBeGreaterThan(MODELS / 3);
    expect(seen.refused).toBeGreaterThan(0);
    expect(seen.completed).toBeGreaterThan(MODELS / 3);
    expect(seen.waiting).toBeGreaterThan(0);
  }, 600_000);
});
