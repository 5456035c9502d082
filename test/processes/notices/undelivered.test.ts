import { describe, expect, it } from '@jest/globals';
import { listUndelivered, messageCatcher, resendNotice } from '../../../processes/notices/index.ts';
import { urgeCase } from '../../../processes/supervision/index.ts';
import { houseFollowUps } from '../../../processes/follow-ups.ts';
import { Rejection } from '../../../engine/index.ts';
import { memoryStore } from '../../../engine/store/memory/index.ts';
import { office } from '../../support/office.ts';
import { DAY, HOUR, watchedOffice, type WatchedOffice } from '../../support/watched-office.ts';

const HOLD = { reason: 'expertReview' as const, expectedDays: 100, notice: { number: '1' }, note: '委托专家评审' };
const SOMEBODY = { id: 'x', name: 'x', groups: [] };

/** A house whose gateway is `away` until it is told otherwise; `sent`: the ids it was handed while it answered. */
function gateway() {
  const store = memoryStore();
  const catcher = messageCatcher(store);
  const at = { away: true, refusal: new Error('no answer'), sent: [] as string[] };
  const desk = watchedOffice({
    store,
    channel: {
      async send(notice) {
        if (at.away) throw at.refusal;
        at.sent.push(notice.id);
        await catcher.send(notice);
      },
    },
  });
  return { desk, at };
}

const list = (desk: WatchedOffice) => listUndelivered(desk.store, { limit: 10 });
const told = async (desk: WatchedOffice, caseId: string) =>
  (await desk.events(caseId)).filter((type) => type.startsWith('notice.'));

/** The hours of the tries pass. */
async function tries(desk: WatchedOffice) {
  for (let hour = 0; hour < 40; hour++) await desk.pass(HOUR);
}

/** The applicant was to hear that the case is held, and did not. */
async function undelivered() {
  const { desk, at } = gateway();
  const caseId = await desk.apply();
  await desk.engine.holdCase({ caseId, ...HOLD }, SOMEBODY);
  await tries(desk);
  const [entry] = await list(desk);
  return { desk, at, caseId, entry: entry!, key: entry!.key, feng: desk.person('supervisor-feng') };
}

describe('a notice that cannot be sent', () => {
  it('names the refusal by which the other end failed, for which there are sentences', async () => {
    const { desk, at } = gateway();
    at.refusal = new Rejection('unavailable', 'connector.unreachable', 'Expected an answer, but bad port');
    const caseId = await desk.apply();
    await desk.engine.holdCase({ caseId, ...HOLD }, SOMEBODY);
    await tries(desk);
    const failure = { code: 'connector.unreachable', error: 'Expected an answer, but bad port' };
    expect(await list(desk)).toMatchObject([failure]);
    const failed = (await desk.store.listEvents(caseId, 0, 100)).find(({ type }) => type === 'notice.failed');
    expect(failed).toMatchObject({ data: failure });
  });

  it('is tried for a day, then on record in the history and in the list, once', async () => {
    const { desk } = gateway();
    const caseId = await desk.apply();
    await desk.engine.holdCase({ caseId, ...HOLD }, SOMEBODY);
    await desk.pass(12 * HOUR);
    expect([await told(desk, caseId), await list(desk)]).toEqual([[], []]);
    await tries(desk);
    const failed = (await desk.store.listEvents(caseId, 0, 100)).filter(({ type }) => type === 'notice.failed');
    expect(failed).toMatchObject([{ data: { kind: 'clock.held', toName: '陈买房', error: 'no answer' } }]);
    expect(await list(desk)).toMatchObject([
      {
        notice: { kind: 'clock.held', to: { name: '陈买房' }, case: { id: caseId, number: 'T-1' } },
        status: 'failed',
        error: 'no answer',
        tries: 30,
      },
    ]);
    await desk.pass(5 * DAY);
    expect(await told(desk, caseId)).toEqual(['notice.failed']);
  });

  it('arrives once when it is sent again, under the id it has always had, and leaves the list', async () => {
    const { desk, at, caseId, entry, key, feng } = await undelivered();
    at.away = false;
    expect(await resendNotice(desk, key, feng)).toMatchObject({ status: 'sending', tries: 30 });
    expect(await list(desk)).toMatchObject([{ status: 'sending' }]);
    await desk.pass(DAY);
    expect(at.sent).toEqual([entry.notice.id]);
    expect(await list(desk)).toEqual([]);
    expect(await told(desk, caseId)).toEqual(['notice.failed', 'notice.resent', 'notice.delivered']);
    await expect(resendNotice(desk, key, feng)).rejects.toMatchObject({ kind: 'not-found', code: 'notice.not_found' });
    expect(await desk.notices()).toEqual(['clock.held 陈买房']);
  });

  it('is sent again once when two people ask for it at the same moment', async () => {
    const { desk, at, key, feng } = await undelivered();
    at.away = false;
    const asked = await Promise.allSettled(['', ''].map(() => resendNotice(desk, key, feng)));
    expect(asked.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(asked.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'notice.under_way' } });
    await desk.pass(DAY);
    expect(at.sent).toHaveLength(1);
  });

  it('is back in the list with all its tries when it fails once more, and can be sent again from there', async () => {
    const { desk, at, caseId, key, feng } = await undelivered();
    await resendNotice(desk, key, feng);
    await tries(desk);
    expect(await list(desk)).toMatchObject([{ status: 'failed', tries: 60 }]);
    at.away = false;
    await resendNotice(desk, key, feng);
    await desk.pass(HOUR);
    expect([await list(desk), at.sent.length]).toEqual([[], 1]);
    expect(await told(desk, caseId)).toHaveLength(5);
  });

  it('can be sent again after the end of its case', async () => {
    const { desk, at, caseId, key, feng } = await undelivered();
    await desk.complete(caseId, 'review');
    at.away = false;
    await resendNotice(desk, key, feng);
    await desk.pass(HOUR);
    expect([await list(desk), at.sent.length]).toEqual([[], 1]);
    expect(await desk.engine.getCase(caseId)).toMatchObject({ status: 'completed' });
  });

  it('is not found under a key that the list never showed', async () => {
    const { desk, feng } = await undelivered();
    for (const key of ['', 'x', '00000000000000.x'])
      await expect(resendNotice(desk, key, feng)).rejects.toMatchObject({ code: 'notice.not_found' });
  });

  it('shows the newest first, a page at a time', async () => {
    const { desk } = gateway();
    const caseId = await desk.apply();
    for (let urges = 0; urges < 3; urges++) {
      await urgeCase(desk, { caseId }, desk.person('supervisor-feng'));
      await desk.pass(HOUR);
    }
    await tries(desk);
    const [first, second, ...more] = await list(desk);
    expect(more).toHaveLength(4);
    expect(second!.notice.at).toBeGreaterThan(more[0]!.notice.at);
    expect(first!.notice.at).toBe(second!.notice.at);
    const rest = await listUndelivered(desk.store, { before: second!.key, limit: 10 });
    expect(rest).toEqual(more);
  });

  it('is never taken for sent where the house is no longer told where to send it', async () => {
    const { desk } = gateway();
    const caseId = await desk.apply();
    await desk.engine.holdCase({ caseId, ...HOLD }, SOMEBODY);
    // the same store, opened again without a channel
    const house: WatchedOffice = {
      ...desk,
      ...office({
        store: desk.store,
        followUps: houseFollowUps({ directory: desk.directory, calendarOf: () => undefined, supervision: () => house }),
      }),
    };
    await tries(house);
    expect(await list(desk)).toMatchObject([
      { status: 'failed', error: expect.stringContaining('none is configured') },
    ]);
  });
});
