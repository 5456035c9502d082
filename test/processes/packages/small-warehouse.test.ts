import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../engine/kernel/json.ts';
import { loadPackages } from '../../../processes/catalogue/index.ts';
import { at, office, type Office } from '../../support/office.ts';

const pack = (await loadPackages()).find(({ key }) => key === 'small-warehouse')!;
const xml = new TextDecoder().decode(pack.bpmn);
const WINDOW = { id: 'window-zhou', name: '周窗口', groups: ['window'] };
const DAY = 86_400_000;
const plain: JsonObject = {
  applicant: 'applicant',
  landWithDesign: true,
  fireSpecial: false,
  needWater: false,
  needPower: false,
  needGas: false,
};

type Step = [node: string, variables?: JsonObject];
const acceptance: Step[] = [['accept', { acceptDecision: 'accept' }], ['filing'], ['landPermit']];
const planning: Step[] = [['planningPermit', { drawingsResult: 'pass' }], ['civilDefence']];
const permit: Step[] = [['drawingCommitment'], ['constructionPermit'], ['reportCompletion']];
const checks = (failed: string[] = []): Step[] =>
  (['planning', 'fire', 'defence', 'archive'] as const).map((check) => [
    `check${check[0]!.toUpperCase()}${check.slice(1)}`,
    { [`${check}Check`]: failed.includes(check) ? 'fail' : 'pass' },
  ]);
const closing: Step[] = [['opinion'], ['completionFiling'], ['deliver']];

async function apply(variables: JsonObject, ...steps: Step[]): Promise<{ desk: Office; id: string }> {
  const desk = office();
  const { id } = await desk.open(xml, { ...plain, ...variables });
  for (const [node, data] of steps) await desk.complete(id, node, data);
  return { desk, id };
}

describe('building a small warehouse', () => {
  it('passes the upload check without an error or a warning', async () => {
    const { ok, key, findings } = await office().engine.checkUpload(pack.bpmn);
    expect({ ok, key, findings }).toEqual({ ok: true, key: 'small-warehouse', findings: [] });
  });

  it('takes the shortest way for a plain project: four stages, no optional branch', async () => {
    const { desk, id } = await apply({}, ...acceptance, ...planning, ...permit, ...checks(), ...closing);
    expect((await desk.engine.getCase(id)).status).toBe('completed');
    expect(await desk.incidents(id)).toEqual([]);
  });

  it('takes the longest way for a special project that needs everything', async () => {
    const everything = { landWithDesign: false, fireSpecial: true, needWater: true, needPower: true, needGas: true };
    const { desk, id } = await apply(everything, ...acceptance, ['designReview']);
    expect(await desk.waiting(id)).toEqual([
      'civilDefence',
      'connectGas',
      'connectPower',
      'connectWater',
      'planningPermit',
    ]);
    for (const node of ['connectPower', 'connectWater', 'connectGas']) await desk.complete(id, node);
    for (const [node, data] of planning) await desk.complete(id, node, data);
    expect(await desk.waiting(id)).toEqual(['drawingCommitment', 'fireReview']);
    await desk.complete(id, 'fireReview');
    for (const [node, data] of [...permit, ...checks(), ...closing]) await desk.complete(id, node, data);
    expect((await desk.engine.getCase(id)).status).toBe('completed');
  });

  it('sends drawings back again and again while civil defence and the water company keep working', async () => {
    const { desk, id } = await apply({ needWater: true }, ...acceptance);
    for (let round = 0; round < 3; round++) {
      await desk.complete(id, 'planningPermit', { drawingsResult: 'supplement' });
      expect(await desk.waiting(id)).toEqual(['civilDefence', 'connectWater', 'reviseDrawings']);
      await desk.complete(id, 'reviseDrawings');
    }
    await desk.complete(id, 'civilDefence');
    await desk.complete(id, 'connectWater');
    expect(await desk.waiting(id)).toEqual(['planningPermit']);
    await desk.complete(id, 'planningPermit', { drawingsResult: 'pass' });
    expect(await desk.waiting(id)).toEqual(['drawingCommitment']);
  });

  it('counts a reminder on day 5 and returns the project on day 30 without new drawings', async () => {
    const { desk, id } = await apply({}, ...acceptance, ['planningPermit', { drawingsResult: 'supplement' }]);
    await desk.pass(5 * DAY);
    expect((await desk.engine.taskVariables(await desk.task(id, 'civilDefence'))).drawingReminders).toBe(1);
    expect(await desk.waiting(id)).toEqual(['civilDefence', 'reviseDrawings']);
    await desk.pass(25 * DAY);
    expect((await desk.engine.getCase(id)).status).toBe('terminated');
    expect(await desk.events(id)).toContain('element.completed reviseReturned');
  });

  it('warns those who are asked two working days before their limit ends, and takes no silence for consent', async () => {
    // planning begins on Monday, 2 March: five working days end on the 9th
    const { desk, id } = await apply({ needWater: true }, ...acceptance);
    const told = async () =>
      (await desk.events(id)).filter((event) => /^(deadline|task)\..* (civilDefence|connectWater)$/.test(event)).sort();
    await desk.pass(at('2026-03-04T23:59:00+08:00') - desk.clock.now());
    expect(await told()).toEqual([]);
    expect(await told()).toEqual([]);
    await desk.pass(2 * 60_000);
    expect(await told()).toEqual(['deadline.near civilDefence', 'deadline.near connectWater']);
    await desk.pass(10 * DAY);
    expect(await told()).toEqual(
      ['deadline.near', 'deadline.passed'].flatMap((type) => [`${type} civilDefence`, `${type} connectWater`]),
    );
    expect(await desk.waiting(id)).toEqual(['civilDefence', 'connectWater', 'planningPermit']);
  });

  it('repeats only the checks that failed', async () => {
    const { desk, id } = await apply({}, ...acceptance, ...planning, ...permit, ...checks(['fire', 'archive']));
    expect(await desk.waiting(id)).toEqual(['rectify']);
    await desk.complete(id, 'rectify');
    expect(await desk.waiting(id)).toEqual(['checkArchive', 'checkFire']);
    await desk.complete(id, 'checkFire', { fireCheck: 'pass' });
    await desk.complete(id, 'checkArchive', { archiveCheck: 'fail' });
    await desk.complete(id, 'rectify');
    expect(await desk.waiting(id)).toEqual(['checkArchive']);
    await desk.complete(id, 'checkArchive', { archiveCheck: 'pass' });
    for (const [node] of closing) await desk.complete(id, node);
    expect((await desk.engine.getCase(id)).status).toBe('completed');
  });

  it('refuses what is not its business', async () => {
    const { desk, id } = await apply({}, ['accept', { acceptDecision: 'reject' }]);
    expect((await desk.engine.getCase(id)).status).toBe('terminated');
  });

  it('reviews acceptance for five working days, then promises 29 from acceptance and delivers within ten', async () => {
    const dueOf = async ({ desk, id }: { desk: Office; id: string }) =>
      new Date((await desk.engine.getCase(id)).dueAt! + 8 * 3_600_000).toISOString().slice(0, 16);
    const started = await apply({});
    expect(await dueOf(started)).toBe('2026-03-09T17:00');
    // 2026-03-02 and 29 working days, Qingming on 6 April not counted.
    await started.desk.complete(started.id, 'accept', { acceptDecision: 'accept' });
    expect(await dueOf(started)).toBe('2026-04-13T17:00');
    const steps = [...acceptance, ...planning, ...permit, ...checks(), ...closing.slice(0, -1)];
    expect(await dueOf(await apply({}, ...steps))).toBe('2026-03-16T17:00');
  });

  it('stands still while the applicant supplements', async () => {
    const { desk, id } = await apply({});
    const defects = [{ material: '营业执照', problem: '没有盖章' }];
    await desk.engine.noticeSupplement({ caseId: id, defects, limit: { value: 15, unit: 'workingDays' } }, WINDOW);
    expect(await desk.engine.getCase(id)).toMatchObject({ dueAt: null, clock: { phases: { now: 'acceptance' } } });
  });
});
