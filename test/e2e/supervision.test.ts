import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { threeDepartments } from './model.ts';
import { openStage, overflow, PHONE, type Stage } from './stage.ts';

let stage: Stage;
let caseId: string;

beforeAll(async () => {
  stage = await openStage('supervision');
  const xml = await threeDepartments();
  await stage.as('丁设计', async ({ page }) => void (await stage.post(page, '/definitions', xml)));
  await stage.as('陈买房', async ({ page }) => {
    const start = { definition: 'story', title: '河畔路 8 号招牌', data: {} };
    ({ id: caseId } = await stage.post<{ id: string }>(page, '/cases', start));
  });
}, 240_000);

afterAll(() => stage?.close(), 30_000);

describe('an applicant', () => {
  it('urges the own case, and reads from when it may be urged again', async () => {
    await stage.as(
      '陈买房',
      async ({ page, shot }) => {
        await page.goto(`${stage.url}/cases/${caseId}`);
        await page.getByRole('button', { name: '催办' }).click();
        const dialog = page.getByRole('dialog');
        await dialog.getByLabel('想说的话').fill('店铺月底开业，盼尽快办结');
        await shot('80-urge-phone');
        await dialog.getByRole('button', { name: '催办' }).click();
        await page.getByText(/今天已催办，\d{4}-\d\d-\d\d 00:00 起可再次催办/).waitFor();
        await page.getByText('陈买房催办：店铺月底开业，盼尽快办结').waitFor();
        await page.getByRole('heading', { name: '催办与超期' }).scrollIntoViewIfNeeded();
        await shot('81-urged-phone');
        expect(await overflow(page)).toBe(0);
      },
      { viewport: PHONE },
    );
  }, 60_000);
});

describe('a supervisor', () => {
  it('issues an order from the case page', async () => {
    await stage.as('冯督办', async ({ page, shot }) => {
      await page.goto(`${stage.url}/cases/${caseId}`);
      await page.getByRole('button', { name: '督办', exact: true }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('政务服务中心综合窗口').waitFor();
      await dialog.getByRole('button', { name: '督办', exact: true }).click();
      await dialog.getByText('请填写内容').waitFor();
      await dialog.locator('.el-select').click();
      await page.getByRole('option', { name: '税务局' }).click();
      await dialog.getByLabel('督办内容').fill('申请人已催办，请说明办理情况和办结时间。');
      await shot('82-order');
      await dialog.getByRole('button', { name: '督办', exact: true }).click();
      await page.getByText('督办 税务局').waitFor();
      await page.locator('li', { hasText: '督办 税务局' }).locator('.due-date').click();
      await dialog.getByText('3 个工作日').first().waitFor();
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'hidden' });
      await page.getByText(/冯督办向税务局发出督办单 DB-/).waitFor();
      await shot('83-ordered');
    });
  }, 60_000);

  it('issues one from the board, about a case that is overdue', async () => {
    await stage.as('冯督办', async ({ page, shot }) => {
      await page.goto(`${stage.url}/board`);
      await page.getByRole('heading', { name: '超期办件' }).scrollIntoViewIfNeeded();
      await page
        .getByRole('button', { name: /^督办 \d/ })
        .first()
        .click();
      const dialog = page.getByRole('dialog');
      const words = dialog.getByLabel('督办内容');
      const orders = dialog.getByRole('button', { name: '督办', exact: true });
      await orders.click();
      await dialog.getByText('请填写内容').waitFor();
      await dialog.locator('textarea:focus').waitFor();
      await words.fill('请立即办结');
      // beside the dialog
      await page.mouse.click(5, 450);
      expect(await words.inputValue()).toBe('请立即办结');
      // the Tab that follows a click stays in the dialog, at its beginning too
      await dialog.locator('header').click();
      await page.keyboard.press('Shift+Tab');
      await dialog.locator(':focus').waitFor();
      await shot('84-order-from-board');
      await dialog.getByRole('button', { name: '督办', exact: true }).click();
      await dialog.waitFor({ state: 'hidden' });
      await page.getByText('督办单已发出').waitFor();
    });
  }, 60_000);
});

describe('a department', () => {
  it('hears of the order in its inbox, and its head replies', async () => {
    await stage.as('谭局长', async ({ page, shot }) => {
      await page.goto(`${stage.url}/inbox`);
      await page.getByText(/份督办单待您回复/).waitFor();
      await shot('85-inbox-strip');
      await page.getByText(/份督办单待您回复/).click();
      const row = page.locator('tr', { hasText: '河畔路 8 号招牌' });
      await row.getByRole('button', { name: /^回复/ }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('办理情况和办结时间').fill('正在核税，明日办结。');
      await shot('86-reply');
      await dialog.getByRole('button', { name: '回复', exact: true }).click();
      await row.getByText('待审核').waitFor();
      await shot('87-replied');
    });
  }, 60_000);

  it('cannot reply as a handler under a head', async () => {
    await stage.as('李税收', async ({ page }) => {
      await page.goto(`${stage.url}/orders?status=closed`);
      await page.getByText('状态“closed”无法识别').waitFor();
      await page.getByText('河畔路 8 号招牌').waitFor();
      expect(await page.getByRole('button', { name: /^回复/ }).count()).toBe(0);
    });
  }, 60_000);

  it('makes the reason public that an overdue case is asked for', async () => {
    await stage.as('冯督办', async ({ page, shot }) => {
      await page.goto(`${stage.url}/orders?tab=reasons`);
      await page.locator('.el-tag', { hasText: '待公开' }).first().waitFor();
      await shot('88-reasons');
      await page.locator('tbody .due-date').first().click();
      await page.getByRole('dialog', { name: '为什么是这一天' }).locator('.ledger-due').waitFor();
    });
    await stage.as('何局长', async ({ page, shot }) => {
      await page.goto(`${stage.url}/orders?tab=reasons&given=asked`);
      await page
        .getByRole('button', { name: /^公开原因/ })
        .first()
        .click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('超期原因').fill('网签核验资料需向档案馆调取，已加派人员。');
      await shot('89-give-reason');
      await dialog.getByRole('button', { name: '公开原因' }).click();
      await page.getByText('超期原因已公开').waitFor();
      await page.goto(`${stage.url}/orders?tab=reasons&given=given`);
      await page.getByText('网签核验资料需向档案馆调取').waitFor();
      await page.locator('tbody a').first().click();
      await page.getByRole('heading', { name: '催办与督办' }).scrollIntoViewIfNeeded();
      await shot('90-reason-on-case');
      const reasons = page.getByRole('list', { name: '超期原因' });
      await reasons.locator('.due-date').first().click();
      await page.getByRole('dialog', { name: '为什么是这一天' }).getByText('个工作日').first().waitFor();
    });
  }, 60_000);
});

describe('the verdict', () => {
  it('returns a reply, accepts the next, and takes another order back', async () => {
    await stage.as('冯督办', async ({ page, shot }) => {
      await page.goto(`${stage.url}/orders?status=replied`);
      await page.getByRole('button', { name: /^退回/ }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('退回原因').fill('未说明超期原因');
      await shot('91-return');
      await dialog.getByRole('button', { name: '退回', exact: true }).click();
      await page.getByText('没有督办单').waitFor();
    });
    await stage.as('谭局长', async ({ page }) => {
      await page.goto(`${stage.url}/cases/${caseId}`);
      await page.getByRole('button', { name: /^回复/ }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('办理情况和办结时间').fill('申请集中所致，已办结。');
      await dialog.getByRole('button', { name: '回复', exact: true }).click();
      await page.getByText('待审核').waitFor();
    });
    await stage.as('冯督办', async ({ page, shot }) => {
      await page.goto(`${stage.url}/cases/${caseId}`);
      await page.getByRole('button', { name: /^认可/ }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('结论').fill('同意');
      await dialog.getByRole('button', { name: '认可', exact: true }).click();
      await page.getByText('已办结').first().waitFor();
      await page.goto(`${stage.url}/orders?status=open`);
      await page.getByRole('button', { name: /^撤销/ }).first().click();
      await page.getByRole('dialog').getByLabel('撤销原因').fill('办件已办结');
      await shot('92-revoke');
      await page.getByRole('dialog').getByRole('button', { name: '撤销', exact: true }).click();
      await page.getByText('督办单已撤销').waitFor();
      await page.goto(`${stage.url}/orders`);
      await page.locator('.el-tag', { hasText: '已撤销' }).first().waitFor();
      await shot('93-orders');
      await page.getByRole('button', { name: '为什么是这一天' }).first().click();
      await page.getByRole('dialog', { name: '为什么是这一天' }).getByText('个工作日').first().waitFor();
      await shot('93-orders-why');
    });
  }, 90_000);
});

describe('the message catcher', () => {
  it('shows who was told what, by recipient and kind, and says that it is the demo', async () => {
    await stage.as('冯督办', async ({ page, shot }) => {
      await page.goto(`${stage.url}/board`);
      await page.getByRole('link', { name: '消息箱' }).click();
      await page.getByText('演示环境不会把通知发给任何人').waitFor();
      await page.getByText('时限提醒').first().waitFor();
      await shot('94-notices');
      await page.goto(`${stage.url}/notices?to=person:head-tan&kind=order.returned`);
      await page.getByText(/退回督办单 DB-.*未说明超期原因/).waitFor();
      expect(await page.locator('tbody tr').count()).toBe(1);
      await page.getByRole('button', { name: 'English' }).click();
      await page.getByRole('heading', { name: 'Message catcher' }).waitFor();
      await page.goto(`${stage.url}/orders`);
      await page.locator('.el-tag', { hasText: 'Revoked' }).first().waitFor();
      await shot('95-orders-english');
    });
  }, 60_000);

  it('fits a phone', async () => {
    await stage.as(
      '冯督办',
      async ({ page, shot }) => {
        for (const [name, path] of [
          ['notices', '/notices'],
          ['orders', '/orders'],
          ['reasons', '/orders?tab=reasons'],
        ] as const) {
          await page.goto(`${stage.url}${path}`);
          await page.locator('.data-table').waitFor();
          expect(await overflow(page)).toBe(0);
          await shot(`96-${name}-phone`);
        }
      },
      { viewport: PHONE },
    );
  }, 60_000);
});
