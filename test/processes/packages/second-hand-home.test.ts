import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../engine/kernel/json.ts';
import { loadPackages } from '../../../processes/catalogue/index.ts';
import { at, office, type Office } from '../../support/office.ts';

const pack = (await loadPackages()).find(({ key }) => key === 'second-hand-home')!;
const xml = new TextDecoder().decode(pack.bpmn);
const DAY = 86_400_000;
const WINDOW = { id: 'window', name: '窗口', groups: ['window'] };
const APPLICANT = { id: 'applicant', name: '申请人', groups: [] };
const BANK = { id: 'bank', name: '银行', groups: [] };
const application: JsonObject = {
  contractNumber: 'WQ-2026-0001',
  price: 800_000,
  area: 90,
  firstHome: true,
  moveWater: false,
  movePower: false,
  moveGas: false,
  fundCustody: false,
};

async function apply(variables: JsonObject = {}): Promise<{ desk: Office; id: string }> {
  const desk = office();
  const { id } = await desk.open(xml, { ...application, applicant: 'applicant', ...variables });
  return { desk, id };
}

async function accepted(variables: JsonObject = {}): Promise<{ desk: Office; id: string }> {
  const { desk, id } = await apply(variables);
  await desk.complete(id, 'accept', { acceptDecision: 'accept' });
  return { desk, id };
}

const remedies = [{ defect: 0, files: [], note: '委托书已交窗口' }];

function lacksPowerOfAttorney(desk: Office, caseId: string) {
  const defects = [{ material: '授权委托书', problem: '缺少' }];
  return desk.engine.noticeSupplement({ caseId, defects, limit: { value: 15, unit: 'workingDays' } }, WINDOW);
}

const pay = (desk: Office) =>
  desk.engine.correlateMessage({ name: '缴税完成', key: 'WQ-2026-0001', variables: {} }, BANK);

describe('buying a second-hand home', () => {
  it('passes the upload check without an error or a warning', async () => {
    const { ok, key, findings } = await office().engine.checkUpload(pack.bpmn);
    expect({ ok, key, findings }).toEqual({ ok: true, key: 'second-hand-home', findings: [] });
  });

  it('goes to three departments at once and closes when the window has delivered', async () => {
    const { desk, id } = await accepted();
    expect(await desk.waiting(id)).toEqual(['taxReview', 'titleReview', 'tradeReview']);
    await desk.complete(id, 'taxReview', { taxResult: 'assessed' });
    await desk.complete(id, 'titleReview', { titleResult: 'clear' });
    await desk.complete(id, 'tradeReview', { tradeResult: 'pass' });
    expect(await desk.waiting(id)).toEqual([]);
    await pay(desk);
    await desk.complete(id, 'register', {});
    await desk.complete(id, 'deliver', {});
    expect((await desk.engine.getCase(id)).status).toBe('completed');
  });

  it.each([
    [90, true, 8000],
    [150, true, 12_000],
    [90, false, 8000],
    [150, false, 16_000],
  ])('estimates the deed tax for %i m² (only home: %s): %i', async (area, firstHome, tax) => {
    const { desk, id } = await accepted({ area, firstHome });
    expect((await desk.engine.taskVariables(await desk.task(id, 'taxReview'))).estimatedDeedTax).toBe(tax);
  });

  it('stands still while the applicant supplements, then the window decides', async () => {
    const { desk, id } = await apply();
    await lacksPowerOfAttorney(desk, id);
    expect(await desk.engine.getCase(id)).toMatchObject({ dueAt: null, clock: { phases: { now: 'acceptance' } } });
    await desk.engine.answerSupplement({ caseId: id, note: '已上传', files: [], remedies, variables: {} }, APPLICANT);
    await desk.complete(id, 'accept', { acceptDecision: 'accept' });
    expect(await desk.waiting(id)).toEqual(['taxReview', 'titleReview', 'tradeReview']);
  });

  it('is returned when the supplement does not come in time', async () => {
    const { desk, id } = await apply();
    await lacksPowerOfAttorney(desk, id);
    await desk.pass(at('2026-03-23T17:00:00+08:00') - desk.clock.now() - 1);
    expect((await desk.engine.getCase(id)).status).toBe('active');
    await desk.pass(1);
    expect((await desk.engine.getCase(id)).status).toBe('cancelled');
    expect((await desk.events(id)).filter((event) => event.startsWith('case.returned')).length).toBe(1);
  });

  it('asks for missing tax documents twice while the other departments keep their tasks', async () => {
    const { desk, id } = await accepted();
    for (let round = 0; round < 2; round++) {
      await desk.complete(id, 'taxReview', { taxResult: 'supplement' });
      expect(await desk.waiting(id)).toEqual(['taxSupplement', 'titleReview', 'tradeReview']);
      await desk.complete(id, 'taxSupplement', {});
      expect(await desk.waiting(id)).toEqual(['taxReview', 'titleReview', 'tradeReview']);
    }
  });

  it('reminds three times, every third day, and ends after 30 days without payment', async () => {
    const { desk, id } = await accepted();
    await desk.complete(id, 'taxReview', { taxResult: 'assessed' });
    for (let day = 0; day < 29; day++) await desk.pass(DAY);
    expect((await desk.events(id)).filter((event) => event === 'element.completed remindTax').length).toBe(3);
    expect((await desk.engine.taskVariables(await desk.task(id, 'titleReview'))).taxReminders).toBe(3);
    await desk.pass(DAY);
    expect((await desk.engine.getCase(id)).status).toBe('terminated');
  });

  it('refuses registration with reasons when a court has sealed the home', async () => {
    const { desk, id } = await accepted();
    await desk.complete(id, 'titleReview', { titleResult: 'restricted' });
    await desk.complete(id, 'tradeReview', { tradeResult: 'pass' });
    await desk.complete(id, 'taxReview', { taxResult: 'assessed' });
    await pay(desk);
    expect(await desk.waiting(id)).toEqual(['refuse']);
    await desk.complete(id, 'refuse', {});
    expect((await desk.engine.getCase(id)).status).toBe('completed');
  });

  it('moves only the accounts the applicant asked for, and waits for the bank where it holds the money', async () => {
    const { desk, id } = await accepted({ moveWater: true, moveGas: true, fundCustody: true });
    await desk.complete(id, 'taxReview', { taxResult: 'assessed' });
    await desk.complete(id, 'titleReview', { titleResult: 'clear' });
    await desk.complete(id, 'tradeReview', { tradeResult: 'pass' });
    await pay(desk);
    await desk.complete(id, 'register', {});
    expect(await desk.waiting(id)).toEqual(['transferGas', 'transferWater']);
    await desk.complete(id, 'transferWater', {});
    await desk.complete(id, 'transferGas', {});
    expect(await desk.waiting(id)).toEqual([]);
    await desk.engine.correlateMessage({ name: '监管资金划转', key: 'WQ-2026-0001', variables: {} }, BANK);
    expect(await desk.waiting(id)).toEqual(['deliver']);
  });

  it('promises 7 working days for the case and a working day or a few hours for each step', async () => {
    const { desk, id } = await accepted();
    const local = (instant: number | null): string => new Date(instant! + 8 * 3_600_000).toISOString().slice(0, 16);
    expect(local((await desk.engine.getCase(id)).dueAt)).toBe('2026-03-11T17:00');
    expect(local((await desk.task(id, 'titleReview')).dueAt)).toBe('2026-03-03T17:00');
    expect(local((await desk.task(id, 'taxReview')).dueAt)).toBe('2026-03-03T09:00');
  });
});
