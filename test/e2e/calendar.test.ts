import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { bpmn, chain } from '../support/bpmn.ts';
import { NOTICE_2027 } from '../support/notices.ts';
import { openStage, overflow, PHONE, type Stage } from './stage.ts';

/** A limit that ends in March 2027, the first year without a notice, whenever before that this runs. */
function permit(today: string): string {
  const days = Math.max(5, Math.ceil(((Date.parse('2027-03-10') - Date.parse(today)) / 86_400_000) * (5 / 7)));
  return bpmn(
    `<startEvent id="s"/><userTask id="review" name="现场勘验" ov:department="housing" ov:promise="${days - 1}" ov:unit="workingDays"/><endEvent id="e"/>${chain('s', 'review', 'e')}`,
    { id: 'permit', processAttrs: `ov:promise="${days}" ov:unit="workingDays"` },
  );
}

let stage: Stage;
beforeAll(async () => {
  stage = await openStage('calendar');
}, 240_000);
afterAll(() => stage?.close(), 30_000);

const now = async (): Promise<string> =>
  ((await (await fetch(`${stage.url}/api/status`)).json()) as { now: string }).now;

/** Until what moves on the screen has arrived, for the pictures. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(
    'Promise.all(document.getAnimations().filter((a) => a.effect.getComputedTiming().iterations < 99).map((a) => a.finished.catch(() => 0)))',
  );
}

describe('the calendar page', () => {
  it('shows a stranger every day of a year, and where the notices end', async () => {
    await stage.as(null, async ({ page, shot }) => {
      await page.goto(`${stage.url}/calendar?year=2026`);
      await page.getByText('2026-02-14 调休上班 春节').waitFor({ state: 'attached' });
      await page.getByText('2026-02-15 放假 春节').waitFor({ state: 'attached' });
      await page.getByText('通知覆盖 2020-01-01 至 2026-12-31', { exact: true }).waitFor();
      expect(await page.getByRole('table').count()).toBe(12);
      expect(await page.getByRole('button', { name: /载入/ }).count()).toBe(0);
      expect(await overflow(page)).toBe(0);
      await shot('60-calendar');
      await page.getByRole('button', { name: '下一年' }).click();
      await page.getByText('本日历没有收录 2027 年的放假通知').waitFor();
      await shot('61-calendar-beyond');
      await page.getByRole('button', { name: 'English' }).click();
      await page.getByText('This calendar has no notice for 2027.').waitFor();
      await page.setViewportSize(PHONE);
      expect(await overflow(page)).toBe(0);
      await shot('62-calendar-phone-english');
    });
  }, 120_000);

  it('lets the administrator see who is affected, load the notice, and follow the run', async () => {
    await stage.as(
      '丁设计',
      async ({ page, shot }) => {
        const today = (await now()).slice(0, 10);
        const notices = { ...NOTICE_2027, effective: today };
        await stage.post(page, '/definitions', permit(today));
        await stage.post(page, '/cases', { definition: 'permit', data: {} });
        await page.goto(`${stage.url}/calendar`);
        const notice = page.getByRole('textbox', { name: '放假通知（JSON）' });
        await notice.fill('{');
        await page.getByRole('button', { name: '预览影响' }).click();
        await page.getByText('内容不是有效的 JSON').waitFor();

        const { 2027: year } = NOTICE_2027.years;
        const wrong = { ...year, off: [...year.off.filter((date) => date !== '2027-10-01'), '2027-02-30'] };
        await notice.fill(JSON.stringify({ ...notices, years: { 2027: wrong } }));
        await page.getByRole('button', { name: '预览影响' }).click();
        await page.getByText('“2027-02-30”：应为 YYYY-MM-DD 形式、确实存在的日期').waitFor();
        await shot('63-notice-wrong');

        await page.locator('input[type=file]').setInputFiles({
          name: '2027.json',
          mimeType: 'application/json',
          buffer: Buffer.from(JSON.stringify(notices)),
        });
        await page.getByRole('button', { name: '预览影响' }).click();
        await page.getByText(/^共查看 \d+ 件在办件，受影响 [1-9]\d* 件$/).waitFor();
        await page.getByText('整个办件').first().scrollIntoViewIfNeeded();
        await settled(page);
        await shot('64-notice-preview');
        await page.getByRole('button', { name: '载入 cn-2027.1 并重新计算' }).click();
        await page.getByText(/^已核对 \d+ 件，[1-9]\d* 件有更新：/).waitFor();
        await page.goto(`${stage.url}/calendar?year=2027`);
        await page.getByText('2027-02-06 放假 春节').waitFor({ state: 'attached' });
        await page.getByText('已完成', { exact: true }).scrollIntoViewIfNeeded();
        await settled(page);
        await shot('65-recounted');
      },
      { provoked: /status of 422/ },
    );
  }, 120_000);
});

describe('the clock of the demo', () => {
  it('is moved from the banner, which tells the time it shows', async () => {
    await stage.as('王住建', async ({ page, shot }) => {
      await page.goto(`${stage.url}/inbox`);
      const before = Date.parse(await now());
      await page.getByRole('button', { name: /拨快时钟/ }).click();
      await page.getByRole('menuitem', { name: '到下一个工作日' }).waitFor();
      await settled(page);
      await shot('66-demo-clock');
      const reloaded = page.waitForEvent('load');
      await page.getByRole('menuitem', { name: '到下一个工作日' }).click();
      await reloaded;
      await page.getByText(/演示时间 \d{4}-\d\d-\d\d 08:3\d/).waitFor();
      expect(Date.parse(await now())).toBeGreaterThan(before);
      expect(await overflow(page)).toBe(0);
      await shot('67-demo-clock-moved');
      await page.setViewportSize(PHONE);
      expect(await overflow(page)).toBe(0);
      await shot('68-demo-clock-phone');
    });
  }, 120_000);
});
