import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bpmn, chain } from '../support/bpmn.ts';
import { openStage, PHONE, type Stage } from './stage.ts';

const LIGHTS = ['◆ 深红灯', '■ 红灯', '▲ 黄灯', '● 绿灯', '‖ 灰灯', '○ 无时限'];
const words = (texts: string[]) => texts.map((text) => text.replace(/\s+/g, ' ').trim());

let stage: Stage;
beforeAll(async () => {
  stage = await openStage('lights');
}, 240_000);
afterAll(() => stage?.close(), 30_000);

describe('a supervisor sees every light', () => {
  it('from the board to a case beyond the statutory limit in two clicks', async () => {
    await stage.as('冯督办', async ({ page, shot }) => {
      await page.goto(`${stage.url}/board`);
      const totals = page.locator('section.card', { has: page.getByRole('heading', { name: '办件', exact: true }) });
      await totals.waitFor();
      const tiles = totals.locator('.total');
      expect(words(await tiles.allInnerTexts()).map((tile) => tile.replace(/ \d+$/, ''))).toEqual([
        ...LIGHTS.map((light) => light.split(' ').reverse().join(' ')),
        '已办结 ✔',
      ]);
      const tops = await Promise.all((await tiles.all()).map(async (tile) => (await tile.boundingBox())!.y));
      expect(new Set(tops).size).toBe(1);
      await shot('90-board-lights');
      await totals.locator('a.light-deepRed').click();
      await page.waitForURL(/\/cases\?.*light=deepRed/);
      await page.locator('.data-table tbody tr').first().waitFor();
      await shot('91-deep-red-cases');
      for (const light of words(await page.locator('.data-table tbody .light').allInnerTexts()))
        expect(light).toBe('◆ 深红灯');
      await page.locator('.data-table tbody a').first().click();
      await page.waitForURL(/\/cases\/[^?]/);
    });
  }, 90_000);

  it.each(['/api/board', '/api/board/overdue'])(
    'from a while ago while they are looked up anew, and is told so: %s',
    async (path) => {
      await stage.as('冯督办', async ({ page, shot }) => {
        let asked = 0;
        await page.route(`**${path}`, async (route) => {
          const answer = await (await route.fetch()).json();
          const before = { ...answer, at: '2026-11-20T17:00:00.000+08:00', outdated: true };
          await route.fulfill({ json: asked++ > 0 ? answer : before });
        });
        await page.goto(`${stage.url}/board`);
        await page.getByText('截至 2026-11-20 17:00，正在更新').waitFor();
        await shot('94-board-outdated');
        await page.getByText(/^截至 [\d: -]+$/).waitFor();
      });
    },
    90_000,
  );

  it('with both limits in the head of a case, and why each ends when it does', async () => {
    await stage.as('冯督办', async ({ page, shot }) => {
      await page.goto(`${stage.url}/cases?light=deepRed`);
      await page.locator('.data-table tbody a').first().click();
      await page.locator('.page-head .light-deepRed').waitFor();
      const facts = page.locator('.facts').first();
      await facts.getByText('7 个工作日').waitFor();
      await facts.getByText('《不动产登记暂行条例》第二十条').waitFor();
      await facts.getByText('已用时间').waitFor();
      await page.locator('.legend').first().scrollIntoViewIfNeeded();
      expect(words(await page.locator('.legend .light').allInnerTexts())).toEqual(LIGHTS);
      await page.getByRole('heading').first().scrollIntoViewIfNeeded();
      await shot('92-case-both-limits');
      await facts.locator('.due-date').nth(1).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('《不动产登记暂行条例》第二十条').first().waitFor();
      await dialog.getByText('30 个工作日').first().waitFor();
      await shot('93-why-statutory');
    });
  }, 90_000);

  it('and finds what stands still or has no limit, also on a phone and in English', async () => {
    await stage.as(
      '冯督办',
      async ({ page, shot }) => {
        await page.goto(`${stage.url}/cases?light=none`);
        await page.getByText('没有符合条件的办件').or(page.locator('.data-table')).first().waitFor();
        await shot('94-filter-phone');
        await page.goto(`${stage.url}/board`);
        await page.locator('.totals').waitFor();
        await shot('95-board-phone');
        await page.getByRole('button', { name: 'English' }).click();
        await page.locator('.total', { hasText: 'Deep red' }).first().waitFor();
        await shot('96-board-phone-en');
      },
      { viewport: PHONE },
    );
  }, 60_000);

  it('of a step without a limit by that of its case, and orders about it', async () => {
    const licence = bpmn(
      `<startEvent id="s"/><userTask id="check" name="核查" ov:department="tax"/><endEvent id="e"/>${chain('s', 'check', 'e')}`,
      { id: 'licence', name: '税务核查', processAttrs: 'ov:department="tax" ov:promise="1"' },
    );
    await stage.as('丁设计', async ({ page }) => void (await stage.post(page, '/definitions', licence)));
    await stage.as('陈买房', async ({ page }) => {
      const start = { definition: 'licence', title: '河畔路 9 号核查', data: {} };
      await stage.post(page, '/cases', start);
    });
    await stage.as('冯督办', async ({ page, shot }) => {
      for (let days = 0; days < 3; days++) await stage.post(page, '/demo/clock', { leap: 'nextWorkingDay' });
      await page.goto(`${stage.url}/board`);
      const row = page.locator('tr', { hasText: '税务局' }).first();
      await row.getByRole('link', { name: /红灯/ }).waitFor();
      await row.scrollIntoViewIfNeeded();
      await shot('97-board-by-case');
      await row.getByRole('button', { name: /^督办/ }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('河畔路 9 号核查').waitFor();
      await dialog.getByText('按办件时限').waitFor();
      await shot('98-order-by-case');
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'hidden' });
      await row.getByRole('link', { name: /红灯/ }).click();
      await page.waitForURL(/\/tasks\?.*light=red/);
      const task = page.locator('.data-table tbody tr', { hasText: '河畔路 9 号核查' });
      expect(words([await task.locator('.light').innerText()])).toEqual(['■ 红灯']);
      await task.getByText('按办件时限').waitFor();
      await shot('99-tasks-by-case');
    });
    await stage.as('李税收', async ({ page, shot }) => {
      await page.goto(`${stage.url}/inbox`);
      await page.locator('tr', { hasText: '河畔路 9 号核查' }).getByText('按办件时限').waitFor();
      await shot('99-inbox-by-case');
    });
  }, 90_000);

  it('and orders about fifty at most, which may be any of those that are overdue', async () => {
    await stage.as('陈买房', async ({ page }) => {
      const start = (no: number) => ({ definition: 'licence', title: `滨河路 ${no} 号核查`, data: {} });
      for (let no = 1; no <= 55; no++) await stage.post(page, '/cases', start(no));
    });
    await stage.as('冯督办', async ({ page, shot }) => {
      for (let days = 0; days < 3; days++) await stage.post(page, '/demo/clock', { leap: 'nextWorkingDay' });
      await page.goto(`${stage.url}/board`);
      const row = page.locator('tr', { hasText: '税务局' }).first();
      await row.getByRole('button', { name: /^督办/ }).click();
      const dialog = page.getByRole('dialog');
      const offered = dialog.getByRole('checkbox');
      await dialog.getByText('税务局 · 已选 50 件办件').waitFor();
      await dialog.getByText('一份督办单最多 50 件').waitFor();
      expect(await offered.count()).toBe(50);
      await shot('99-order-fifty');
      await dialog.getByRole('button', { name: '加载更多' }).click();
      await dialog.getByText('已全部显示').waitFor();
      const [beyond, rows] = [offered.last(), dialog.locator('.el-checkbox')];
      expect(await offered.count()).toBeGreaterThan(50);
      expect(await beyond.isDisabled()).toBe(true);
      await rows.first().click();
      await rows.last().click();
      await dialog.getByText('税务局 · 已选 50 件办件').waitFor();
      await beyond.scrollIntoViewIfNeeded();
      await shot('99-order-beyond-fifty');
      await dialog.getByLabel('督办内容').fill('请说明办理情况');
      await dialog.getByRole('button', { name: '督办', exact: true }).click();
      await page.getByText('督办单已发出').waitFor();
    });
  }, 90_000);
});
