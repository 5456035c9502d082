import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { openStage, overflow, PHONE, type Stage } from './stage.ts';

const LAPTOP = { width: 1366, height: 768 };
/** Ten working days with a test over a weekend in between, looked at while it lasts. */
const HELD =
  '/due-dates?start=2026-03-02T09:00&limit=10&statutory=20&yellow=50%25&accepted=silence&hold=local~2026-03-05T09:00~2026-03-10T08:30:19.250~检测合同~委托检测~Test&extend=2~批复~谭局长&at=2026-03-06T10:00';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage('due-dates');
}, 240_000);
afterAll(() => stage?.close(), 30_000);

/** Until what moves on the screen has arrived, for the pictures. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(
    'Promise.all(document.getAnimations().filter((a) => a.effect.getComputedTiming().iterations < 99).map((a) => a.finished.catch(() => 0)))',
  );
}

describe('the due-date calculator', () => {
  it('answers a stranger, shares the result by its address, and names the field that is wrong', async () => {
    await stage.as(
      null,
      async ({ page, shot }) => {
        await page.goto(`${stage.url}/sign-in`);
        await page.getByRole('link', { name: '时限计算器' }).click();
        await page.getByRole('button', { name: '计算', exact: true }).click();
        await page.getByText('请填写此项').waitFor();
        await page.getByRole('combobox', { name: '起算时间' }).fill('2026-09-18 09:00');
        await page.keyboard.press('Enter');
        // a number too high is refused, and not shortened in the click that sends it
        await page.getByLabel('时限', { exact: true }).fill('200000');
        await page.getByRole('button', { name: '计算', exact: true }).click();
        await page.getByText('不能大于 100000').waitFor();
        expect(await page.getByLabel('时限', { exact: true }).inputValue()).toBe('200000');
        await page.getByLabel('时限', { exact: true }).fill('10');
        await page.getByRole('button', { name: '计算', exact: true }).click();
        await page.getByText('2026年10月9日（星期五）17:00', { exact: true }).waitFor();
        await page.getByText('其间 11 天休息日不算').waitFor();
        expect(await overflow(page)).toBe(0);
        await settled(page);
        await shot('40-due-date');

        const link = await page.getByRole('textbox', { name: '结果链接' }).inputValue();
        await page.setViewportSize(PHONE);
        await page.goto(link);
        await page.getByText('2026年10月9日（星期五）17:00', { exact: true }).waitFor();
        // what was asked for is on the screen, not below the form
        await page.waitForFunction('document.querySelector(".result").getBoundingClientRect().top < innerHeight / 2');
        expect(await overflow(page)).toBe(0);
        await shot('41-due-date-phone');

        await page.goto(stage.url + HELD);
        await page.getByText('2026年3月24日（星期二）17:00', { exact: true }).waitFor();
        await page.getByText('灰灯').waitFor();
        await page.getByText('计时暂停，剩余 10 个工作日').waitFor();
        await page.getByText('08:30:19因委托检测暂停计时（依据：检测合同），扣除 4 个工作日').waitFor();
        await page.getByText('延长 2 个工作日，依据：批复，谭局长批准').waitFor();
        await page.getByText('自收到申请材料之日起视为受理').waitFor();
        await page.getByText('起亮黄灯：剩余 50%').waitFor();
        expect(await page.getByLabel('剩余（%）', { exact: true }).inputValue()).toBe('50');
        // a few seconds after the opening take the day, so they show
        expect(await page.getByRole('combobox', { name: '结束 1' }).inputValue()).toBe('2026-03-10 08:30:19');
        await page.setViewportSize(LAPTOP);
        await shot('42-held');
        await page.getByRole('button', { name: 'English' }).click();
        await page.getByText('Tue 24 Mar 2026, 17:00', { exact: true }).waitFor();
        await page.goto(stage.url + HELD.replace('~2026-03-10T08:30:19.250~', '~2026-03-05T09:00~'));
        await page.getByText('A hold must end after it begins.').waitFor();
        // a site visit stops no clock
        await page.goto(stage.url + HELD.replace('local', 'siteVisit'));
        await page.getByText('Some of this link makes no sense here').waitFor();
        await page.getByText('Fill this in').first().waitFor();
        expect(page.url()).toContain('siteVisit');
        await shot('43-misread');
      },
      { viewport: LAPTOP, provoked: /status of 422/ },
    );
  }, 60_000);
});

describe('why this date', () => {
  it('opens from the inbox, the task and the case, in both languages, and leads to the calculator', async () => {
    await stage.as(
      '王住建',
      async ({ page, shot }) => {
        const asks = async (why: string, article: string, picture?: string) => {
          await page.getByRole('button', { name: why }).first().click();
          await page.getByRole('dialog', { name: why }).getByText(article).waitFor();
          if (!picture) return;
          await settled(page);
          await shot(picture);
        };
        const inChinese = ['为什么是这一天', '（《行政许可法》第八十二条）'] as const;
        await page.goto(`${stage.url}/inbox?queue=mine`);
        await asks(...inChinese, '45-why-inbox');
        await page.keyboard.press('Escape');
        await page.locator('.data-table a[href^="/tasks/"]').first().click();
        await page.locator('.task-form h2').waitFor();
        await asks(...inChinese);
        await page.keyboard.press('Escape');
        await page.locator('.page-head a[href^="/cases/"]').click();
        await page.getByRole('heading', { name: '任务' }).waitFor();
        await page.setViewportSize(PHONE);
        await asks(...inChinese, '47-why-case-phone');
        expect(await overflow(page)).toBe(0);
        await page.keyboard.press('Escape');
        await page.setViewportSize(LAPTOP);
        await page.getByRole('button', { name: 'English' }).click();
        await asks('Why this date?', 'Administrative Licensing Law, art. 82', '48-why-english');
        await page.getByRole('link', { name: 'Check it in the due-date calculator' }).click();
        await page.getByRole('heading', { name: 'Due-date calculator' }).waitFor();
        await page.locator('.ledger-due').waitFor();
      },
      { viewport: LAPTOP },
    );
  }, 60_000);
});
