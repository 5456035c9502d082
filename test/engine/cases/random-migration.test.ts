import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { verifyChain, type Actor, type CaseRow, type MigrationMapping } from '../../../engine/index.ts';
import { isRejection } from '../../../engine/kernel/rejection.ts';
import { memoryStore } from '../../../engine/store/memory/index.ts';
import { loadCalendar } from '../../../processes/calendars/load.ts';
import { rowFaults, stateFaults, witnessed } from '../../support/consistency.ts';
import { office, WANG } from '../../support/office.ts';
import { anyBlock, blockToBpmn, type Block } from '../../support/random-model.ts';

const MODELS = 100;
const DING: Actor = { id: 'ding', name: '丁设计', groups: [] };
const calendar = loadCalendar();

/** The same model with other ids throughout. */
function renamed(xml: string): string {
  const kept = new Set(['P', 'm', 'Definitions']);
  return xml.replace(/ (id|sourceRef|targetRef|attachedToRef|default)="([^"]+)"/g, (all, name: string, id: string) =>
    kept.has(id) ? all : ` ${name}="x-${id}"`,
  );
}

/** A case that is driven from outside, as its handlers, workers and clock would; its books are looked through each time. */
async function openCase(xml: string) {
  const { store, rows } = witnessed(memoryStore());
  const desk = office({ store });
  const { id } = await desk.open(xml);
  const check = async (): Promise<CaseRow> => {
    const row = await desk.engine.getCase(id);
    const graph = await desk.engine.getGraph(row.definitionId);
    expect([...stateFaults(graph, row.state), ...rowFaults(rows, row, graph, calendar)]).toEqual([]);
    return row;
  };
  return {
    ...desk,
    id,
    check,
    /** Does one thing that the case waits for; false where there is none. */
    async goOn(choice: number): Promise<boolean> {
      const { state } = await desk.engine.getCase(id);
      const doable = Object.values(state.tokens).filter(
        (token) => token.wait === 'task' || token.wait === 'job' || token.armed,
      );
      const token = doable[choice % Math.max(1, doable.length)];
      if (!token) return false;
      const [armed] = Object.values(token.armed ?? {});
      if (token.wait === 'task') {
        const task = `${id}.${token.id}`;
        await desk.engine.claimTask(task, WANG);
        await desk.engine.completeTask({ taskId: task, variables: {} }, WANG);
      } else if (token.wait === 'job') {
        const [job] = await desk.engine.fetchJobs({ worker: 'w', topics: ['work'], max: 1, leaseMs: 1_000 });
        await desk.engine.completeJob({ jobId: job!.id, fence: job!.fence, variables: {} }, WANG);
      } else if (armed?.type === 'timer') await desk.pass(Math.max(0, armed.dueAt - desk.clock.now()));
      else await desk.engine.correlateMessage({ name: 'news', key: null, variables: {} }, WANG);
      await check();
      return true;
    },
  };
}

const aside = (block: Block): Block => ({
  kind: 'parallel',
  parts: [{ kind: 'sequence', parts: [{ kind: 'user' }, { kind: 'user' }] }, block],
  chosen: [],
});
const scenario = [fc.array(fc.nat(100), { minLength: 3, maxLength: 20 }), fc.nat(3)] as const;

describe(`cases of ${MODELS} random models, migrated at a random moment`, () => {
  it('to the same model under other ids: nothing is lost, and they come to the same end', async () => {
    let migrated = 0;
    await fc.assert(
      fc.asyncProperty(anyBlock, ...scenario, async (block, choices, moment) => {
        const xml = blockToBpmn(aside(block));
        const desk = await openCase(xml);
        for (let i = 0; i < moment && (await desk.goOn(choices[i % choices.length]!)); i++);
        await desk.deploy(renamed(xml));
        const before = await desk.check();
        if (before.status === 'active') {
          const { nodes, flows } = await desk.engine.getGraph('P:1');
          const mapping: MigrationMapping = Object.fromEntries(
            [...Object.keys(nodes), ...Object.keys(flows)].map((id) => [id, `x-${id}`]),
          );
          await desk.engine.migrateCase({ caseId: desk.id, version: 2, mapping, reason: '改名' }, DING);
          const after = await desk.check();
          const places = ({ state }: CaseRow) =>
            Object.values(state.tokens).map(({ id, node, wait, since, scope }) => ({ id, node, wait, since, scope }));
          expect(places(after)).toEqual(places(before).map((place) => ({ ...place, node: `x-${place.node}` })));
          migrated++;
        }
        for (let i = 0; i < 400 && (await desk.goOn(0)); i++);
        expect((await desk.check()).status).toBe('completed');
        expect(verifyChain(await desk.store.listEvents(desk.id, 0, 10_000))).toEqual({ ok: true });
      }),
      { numRuns: MODELS, seed: 20260302 },
    );
    expect(migrated).toBeGreaterThan(MODELS / 2);
  }, 600_000);

  it('to any other model: refused with reasons and untouched, or every row right and somewhere to go', async () => {
    const seen = { migrated: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(
        anyBlock,
        anyBlock,
        fc.boolean(),
        ...scenario,
        async (block, other, extended, choices, moment) => {
          const desk = await openCase(blockToBpmn(aside(block)));
          for (let i = 0; i < moment && (await desk.goOn(choices[i % choices.length]!)); i++);
          await desk.deploy(blockToBpmn(aside(extended ? { kind: 'sequence', parts: [block, other] } : other)));
          const before = await desk.check();
          if (before.status !== 'active') return;
          try {
            await desk.engine.migrateCase({ caseId: desk.id, version: 2, reason: '改版' }, DING);
            seen.migrated++;
          } catch (refusal) {
            if (!isRejection(refusal, 'migration.state_would_be_lost')) throw refusal;
            expect(refusal.details.problems).not.toEqual([]);
            expect(await desk.engine.getCase(desk.id)).toEqual(before);
            seen.refused++;
          }
          await desk.check();
          for (let i = 0; i < 400 && (await desk.goOn(0)); i++);
          const { status, incidents } = await desk.check();
          if (status !== 'completed') expect([status, incidents > 0]).toEqual(['active', true]);
        },
      ),
      { numRuns: MODELS, seed: 20260302 },
    );
    expect(seen.migrated).toBeGreaterThan(10);
    expect(seen.refused).toBeGreaterThan(10);
  }, 600_000);
});
