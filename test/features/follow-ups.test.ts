import { describe, expect, it } from '@jest/globals';
import type { DueFollowUp, FollowUps } from '../../engine/index.ts';
import { bpmn, chain } from '../support/bpmn.ts';
import { office, WANG } from '../support/office.ts';

const DAY = 24 * 3_600_000;
const REVIEW = bpmn(
  `<startEvent id="s"/><userTask id="review" name="审核" ov:department="housing"/><endEvent id="e"/>
   ${chain('s', 'review', 'e')}`,
  { id: 'review-only' },
);

/** The house remarks every claim; what it did and gave up is listed. */
function house(perform: (due: DueFollowUp) => Promise<void> = async () => {}) {
  const done: string[] = [];
  const given: string[] = [];
  const followUps: FollowUps = {
    of: ({ events }) =>
      events
        .filter(({ type }) => type === 'task.claimed')
        .map(({ seq, actor }) => ({ id: `${seq}.claim`, payload: { who: actor } })),
    async perform(due) {
      done.push(`${due.id} ${due.payload.who as string}`);
      await perform(due);
    },
    giveUp: async ({ id }, message) => void given.push(`${id} ${message}`),
  };
  return { desk: office({ followUps }), done, given };
}

async function claimed(it: ReturnType<typeof house>) {
  const { id } = await it.desk.open(REVIEW);
  await it.desk.engine.claimTask((await it.desk.task(id, 'review')).id, WANG);
  return id;
}

describe('what the house does because of an event', () => {
  it('is done once, after the commit that carries the event', async () => {
    const it = house();
    await claimed(it);
    expect(it.done).toEqual([]);
    await it.desk.engine.runDueJobs();
    expect(it.done).toEqual(['4.claim wang']);
    await it.desk.pass(40 * DAY);
    expect(it.done).toHaveLength(1);
  });

  it('is done again under the same id where it failed, until it succeeds', async () => {
    let failures = 2;
    const it = house(async () => {
      if (failures-- > 0) throw new Error('no answer');
    });
    await claimed(it);
    await it.desk.engine.runDueJobs();
    await it.desk.pass(5_000);
    await it.desk.pass(10_000);
    await it.desk.pass(DAY);
    expect(it.done).toEqual(['4.claim wang', '4.claim wang', '4.claim wang']);
    expect(it.given).toEqual([]);
  });

  it('is given up after its last try, once', async () => {
    const it = house(async () => {
      throw new Error('no answer');
    });
    await claimed(it);
    for (let tries = 0; tries < 40; tries++) await it.desk.pass(3_600_000);
    expect(it.done).toHaveLength(30);
    expect(it.given).toEqual(['4.claim no answer']);
  });
});

describe('a note on a case', () => {
  it('is on record with its annex and documents, and changes nothing of how the case runs', async () => {
    const { desk } = house();
    const before = await desk.open(REVIEW);
    await desk.engine.noteCase(
      {
        caseId: before.id,
        decide: ({ annex }) => ({
          events: [{ type: 'case.urged', data: { note: '请尽快' } }],
          annex: { ...annex, urged: 1 },
          documents: [{ collection: 'urges', id: '1', document: { case: before.id }, tags: ['housing'] }],
        }),
      },
      WANG,
    );
    const after = await desk.engine.getCase(before.id);
    expect(after).toMatchObject({ annex: { urged: 1 }, status: 'active', state: before.state, dueAt: before.dueAt });
    expect(await desk.store.findDocuments({ collection: 'urges', tag: 'housing', limit: 9 })).toHaveLength(1);
    expect((await desk.events(before.id)).at(-1)).toBe('case.urged');
    await desk.complete(before.id, 'review');
    expect(await desk.engine.getCase(before.id)).toMatchObject({ annex: { urged: 1 }, status: 'completed' });
  });

  it('is taken on a closed case without closing it again', async () => {
    const { desk } = house();
    const { id } = await desk.open(REVIEW);
    await desk.complete(id, 'review');
    const { endedAt } = await desk.engine.getCase(id);
    await desk.pass(DAY);
    await desk.engine.noteCase({ caseId: id, decide: () => ({ events: [{ type: 'case.noted' }] }) }, WANG);
    expect(await desk.engine.getCase(id)).toMatchObject({ status: 'completed', endedAt });
  });

  it('takes a follow-up with it only while its lease holds', async () => {
    let noted = 0;
    const it: ReturnType<typeof house> = house(async ({ caseId, fence }) => {
      const note = { caseId, fence, decide: () => ({ events: [{ type: 'case.noted' }] }) };
      await it.desk.engine.noteCase(note, WANG);
      noted++;
      await expect(it.desk.engine.noteCase(note, WANG)).rejects.toMatchObject({ code: 'job.lease_lost' });
    });
    const id = await claimed(it);
    await it.desk.pass(DAY);
    await it.desk.pass(DAY);
    expect([noted, (await it.desk.events(id)).filter((event) => event === 'case.noted')]).toEqual([1, ['case.noted']]);
  });
});
