import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { openStage, overflow, PHONE, type Stage } from './stage.ts';

interface Shown {
  items: {
    department: { name: string } | null;
    dueAt: string | null;
    status: string;
    used: { value: number };
    unpromised: { value: number } | null;
    held: { value: number };
    limit: { value: number } | null;
    light: string | null;
  }[];
}

let stage: Stage;
let caseId: string;
let shown: Shown;

const toTop = (element: { scrollIntoView(): void }) => element.scrollIntoView();
const get = async <T>(page: Page, path: string): Promise<T> =>
  (await (await page.request.get(`${stage.url}/api${path}`)).json()) as T;

async function rightEnd(part: Locator): Promise<number> {
  const { x, width } = (await part.boundingBox())!;
  return x + width;
}

/** The case of the demo city whose departments have used most of their time so far. */
async function busiest(page: Page): Promise<string> {
  const { items } = await get<{ items: { id: string; status: string }[] }>(page, '/cases?status=active&limit=100');
  let best = { id: '', used: -1 };
  for (const { id } of items) {
    const branches = await get<Shown>(page, `/cases/${id}/branches`);
    const at = branches.items.filter(({ status }) => status !== 'ahead').length;
    const used = at * 100 + branches.items.reduce((sum, item) => sum + item.used.value, 0);
    if (used > best.used) best = { id, used };
  }
  return best.id;
}

beforeAll(async () => {
  stage = await openStage('branches');
  await stage.as('冯督办', async ({ page }) => {
    caseId = await busiest(page);
    shown = await get<Shown>(page, `/cases/${caseId}/branches`);
  });
}, 240_000);

afterAll(() => stage?.close(), 30_000);

describe('the time of a joint case, by department', () => {
  it('has a bar for each department and one for the whole, and tells what each had in hand', async () => {
    await stage.as('冯督办', async ({ page, shot }) => {
      await page.goto(`${stage.url}/cases/${caseId}`);
      await page.getByRole('heading', { name: '各部门用时' }).evaluate(toTop);
      await page.getByText('用时').first().waitFor();
      expect(shown.items.length).toBeGreaterThan(2);
      expect(await page.locator('.branches .track').count()).toBe(shown.items.length + 1);
      for (const { department } of shown.items)
        if (department) await page.locator('.branches strong', { hasText: department.name }).waitFor();
      await page.locator('.branches summary').first().click();
      await shot('75-branches');
      expect(await overflow(page)).toBe(0);
      const open = shown.items.find(({ dueAt }) => dueAt !== null)!;
      const bar = page.locator('.branches > li', { hasText: open.department!.name });
      const dialog = page.getByRole('dialog', { name: '为什么是这一天' });
      await bar.getByRole('button', { name: '为什么是这一天' }).first().click();
      await dialog.locator('.ledger-due').waitFor();
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'hidden' });
      await page
        .getByRole('button', { name: /^晚于环节“.+”的到期时间/ })
        .first()
        .click();
      await dialog.locator('.ledger-due').waitFor();
      expect(await dialog.locator('.ledger-limit').textContent()).toMatch('时限');
      expect(await dialog.locator('.ledger-steps').textContent()).toMatch('由其各环节的承诺相加');
      await shot('75-branches-why');
    });
  }, 90_000);

  it('opens the dates of called cases for whoever may see those, and shows them as they are to others', async () => {
    await stage.as('冯督办', async ({ page, shot }) => {
      let visible = false;
      await page.route('**/api/cases/*/branches', async (route) => {
        const answer = await route.fetch();
        const body = (await answer.json()) as Shown;
        const calledCase = { id: caseId, number: '2101-2', visible };
        await route.fulfill({
          response: answer,
          json: { ...body, items: body.items.map((item) => ({ ...item, calledCase })) },
        });
      });
      await page.goto(`${stage.url}/cases/${caseId}`);
      await page.locator('.branches .other').first().waitFor();
      await page.locator('.branches summary').first().click();
      expect(await page.locator('.branches ol').first().textContent()).toMatch('到期');
      expect(await page.locator('.branches button').count()).toBe(0);
      expect(await page.locator('.branches a').count()).toBe(0);
      visible = true;
      await page.reload();
      await page.locator('.branches').getByRole('link', { name: '下级办件 2101-2' }).first().waitFor();
      await page.getByRole('heading', { name: '各部门用时' }).evaluate(toTop);
      await shot('75-branches-called');
      await page.locator('.branches').getByRole('button', { name: '为什么是这一天' }).first().click();
      await page.getByRole('dialog').locator('.ledger-due').waitFor();
    });
  }, 90_000);

  it('holds the promise against the time that it covers, and draws the rest beneath', async () => {
    await stage.as('冯督办', async ({ page, shot }) => {
      const days = (value: number) => ({
        value,
        unit: 'workingDays',
        text: { zh: `${value} 个工作日`, en: `${value}` },
      });
      await page.route('**/api/cases/*/branches', async (route) => {
        const answer = await route.fetch();
        const body = (await answer.json()) as Shown;
        const used = { used: days(3), unpromised: days(2), limit: days(1), light: 'green' };
        const due = { dueAt: '2026-12-08T17:00:00.000+08:00', decisiveStep: { id: 'assess', name: '核税' } };
        await route.fulfill({ response: answer, json: { ...body, items: [{ ...body.items[0], ...used, ...due }] } });
      });
      await page.goto(`${stage.url}/cases/${caseId}`);
      const bar = page.locator('.branches > li').nth(1);
      await bar.locator('.unpromised').waitFor();
      await page.getByRole('heading', { name: '各部门用时' }).evaluate(toTop);
      expect(await bar.textContent()).toMatch('用时 3 个工作日，其中无承诺时限的环节 2 个工作日，承诺 1 个工作日');
      await bar.getByText('以环节“核税”的到期时间为准，不按承诺合计').waitFor();
      expect(await rightEnd(bar.locator('.track .used'))).toBeLessThanOrEqual(
        await rightEnd(bar.locator('.track .mark')),
      );
      await shot('75-branches-unpromised');
    });
  }, 90_000);

  it('turns grey while the case is held, and draws what is held apart from what counts', async () => {
    await stage.as('冯督办', async ({ page, shot }) => {
      await page.goto(`${stage.url}/cases/${caseId}`);
      await page.getByRole('heading', { name: '各部门用时' }).evaluate(toTop);
      await stage.post(page, `/cases/${caseId}/hold`, {
        reason: 'expertReview',
        note: '委托专家评审',
        expectedDays: 15,
        notice: { number: '特〔2026〕1号' },
      });
      await page.locator('.branches .light-grey, .branches .light-red').first().waitFor();
      await stage.post(page, '/demo/clock', { leap: 'nextWorkingDay' });
      await page.reload();
      await page.locator('.branches .held').first().waitFor();
      const { items } = await get<Shown>(page, `/cases/${caseId}/branches`);
      expect(items.some(({ held }) => held.value > 0)).toBe(true);
      for (const [index, { used, unpromised, held, limit }] of items.entries()) {
        const bar = page.locator('.branches > li').nth(index + 1);
        expect(await bar.locator('.held').count()).toBe(held.value > 0 ? 1 : 0);
        if (!limit) continue;
        const [end, mark] = [await rightEnd(bar.locator('.track .used')), await rightEnd(bar.locator('.track .mark'))];
        expect(end <= mark).toBe(used.value - unpromised!.value <= limit.value);
      }
      await shot('76-branches-held');
    });
  }, 90_000);

  it('fits a phone, in English too', async () => {
    await stage.as(
      '冯督办',
      async ({ page, shot }) => {
        await page.goto(`${stage.url}/cases/${caseId}`);
        const heading = page.getByRole('heading', { name: '各部门用时' });
        await heading.evaluate(toTop);
        await page.locator('.branches .track').first().waitFor();
        await shot('77-branches-phone');
        expect(await overflow(page)).toBe(0);
        await page.getByRole('button', { name: 'English' }).click();
        await page.getByRole('heading', { name: 'Time used by each department' }).evaluate(toTop);
        await page.locator('.branches .track').first().waitFor();
        await shot('78-branches-phone-en');
        expect(await overflow(page)).toBe(0);
      },
      { viewport: PHONE },
    );
  }, 90_000);
});
