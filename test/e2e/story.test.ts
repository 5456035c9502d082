import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { threeDepartments } from './model.ts';
import { openStage, PHONE, type Stage } from './stage.ts';

let stage: Stage;
let caseId: string;
let caseNumber: string;

/** Claims in the inbox, opens the task and completes it. */
async function handle(name: string, step: string, shot?: string): Promise<void> {
  await stage.as(name, async ({ page, shot: take }) => {
    await page.goto(`${stage.url}/inbox`);
    const row = page.locator('tr', { hasText: caseNumber }).filter({ hasText: step });
    await row.waitFor();
    if (shot) await take(`${shot}-inbox`);
    const { items } = (await (await page.request.get(`${stage.url}/api/tasks?queue=department&limit=100`)).json()) as {
      items: { id: string; name: string; case: { id: string } }[];
    };
    const task = items.find((item) => item.case.id === caseId && item.name === step)!;
    await page.goto(`${stage.url}/tasks/${task.id}`);
    await page.getByRole('button', { name: '认领', exact: true }).click();
    await page.getByRole('button', { name: '提交', exact: true }).waitFor();
    if (shot) await take(`${shot}-task`);
    await page.getByRole('button', { name: '提交', exact: true }).click();
    await page.getByText('本环节办理完毕').first().waitFor();
  });
}

beforeAll(async () => {
  stage = await openStage('story');
}, 120_000);

afterAll(() => stage?.close(), 30_000);

describe('the whole story, in the browser', () => {
  it('role cards: the demo says that it is one, and where its data is', async () => {
    const page = await stage.browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' });
    await page.goto(stage.url);
    await page.getByText('演示模式').first().waitFor();
    await page.getByText('in-process').first().waitFor();
    await page.locator('button.person').nth(8).waitFor();
    expect(await page.locator('body').innerText()).toEqual(expect.stringMatching(/SQLite[\s\S]*in-process/));
    expect(await page.locator('button.person').count()).toBeGreaterThan(8);
    await page.screenshot({ path: 'test/e2e/screenshots/01-roles.png' });
    await page.getByText('English', { exact: true }).first().click();
    await page.getByText('Demo mode', { exact: false }).first().waitFor();
    expect(await page.locator('html').getAttribute('lang')).toMatch(/^en/);
    await page.screenshot({ path: 'test/e2e/screenshots/01-roles-en.png' });
    await page.close();
  }, 60_000);

  it('designer: an upload that cannot run is refused, its element named and marked on the diagram', async () => {
    await stage.as('丁设计', async ({ page, shot }) => {
      await stage.upload(page, '错误.bpmn', await threeDepartments({ broken: true }));
      await page.getByText('不能发布').first().waitFor();
      await page.locator('.djs-container').waitFor();
      expect(await page.locator('tr', { hasText: 'script-format' }).count()).toBe(1);
      expect(await page.getByRole('button', { name: '发布', exact: true }).isDisabled()).toBe(true);
      expect(await page.locator('.bjs-powered-by').isVisible()).toBe(true);
      await shot('02-findings');
    });
  }, 60_000);

  it('designer: the repaired upload becomes version 1', async () => {
    await stage.as('丁设计', async ({ page, shot }) => {
      await stage.upload(page, '招牌.bpmn', await threeDepartments());
      await page.getByText('可以发布').first().waitFor();
      await page.getByRole('button', { name: '发布', exact: true }).click();
      await page.getByText('第 1 版').first().waitFor();
      await shot('03-published');
      await page.goto(`${stage.url}/definitions`);
      await page.getByText('门店招牌一件事').first().waitFor();
      await shot('04-definitions');
    });
  }, 60_000);

  it('designer: HTML in a name is shown as text', async () => {
    await stage.as('丁设计', async ({ page, shot }) => {
      const xml = (await threeDepartments({ name: '&lt;img src=x onerror=alert(1)&gt;' }))
        .replace('id="story"', 'id="html"')
        .replace('processRef="story"', 'processRef="html"');
      await stage.upload(page, 'x.bpmn', xml);
      await page.getByText('可以发布').first().waitFor();
      await page.locator('.djs-container').waitFor();
      expect(await page.locator('img[src="x"]').count()).toBe(0);
      await page.getByText('<img src=x onerror=alert(1)>').first().waitFor();
      await shot('05-html-as-text');
    });
  }, 60_000);

  it('applicant: files a package from its form, on a phone', async () => {
    await stage.as(
      '陈买房',
      async ({ page, shot }) => {
        await page.goto(`${stage.url}/items`);
        await page.getByText('存量房').first().waitFor();
        await shot('06-items-phone');
        await page.goto(`${stage.url}/items/second-hand-home`);
        await page.getByText('立即办理').first().click();
        for (const [label, value] of [
          ['出卖人姓名', '钱卖房'],
          ['出卖人身份证号', '210502190001010008'],
          ['买受人姓名', '陈买房'],
          ['买受人身份证号', '210504190001010000'],
          ['联系电话', '13800138000'],
          ['网签合同编号', 'WQ-2026-0001'],
          ['不动产权证号', '辽(2026)不动产权第0001号'],
          ['房屋坐落', '演示街 1 号'],
          ['建筑面积（平方米）', '89'],
          ['成交价格（元）', '650000'],
        ] as const) {
          await page.getByLabel(label).first().fill(value);
        }
        await page.locator('.el-select').first().click();
        await page.locator('.el-select-dropdown__item:visible', { hasText: '窗口领取' }).click();
        await shot('07-form-phone');
        await page.getByRole('button', { name: '提交申请' }).click();
        await page.waitForURL(/\/receipt\//);
        await page
          .getByText(/210500-\d{8}-\d{6}-\w/)
          .first()
          .waitFor();
        await shot('08-receipt-phone');
      },
      { viewport: PHONE },
    );
  }, 90_000);

  it('applicant: starts the case of this story', async () => {
    await stage.as('陈买房', async ({ page, shot }) => {
      const answer = await page.request.post(`${stage.url}/api/cases`, {
        data: { definition: 'story', title: '演示街 1 号门店招牌', data: {} },
      });
      expect(answer.status()).toBe(201);
      ({ id: caseId, number: caseNumber } = (await answer.json()) as { id: string; number: string });
      await page.goto(`${stage.url}/my-cases`);
      await page.getByText(caseNumber).first().waitFor();
      await shot('09-my-cases');
    });
  }, 60_000);

  it('handlers: the window accepts, then three departments work side by side', async () => {
    await handle('周窗口', '受理', '10-window');
    await stage.as('冯督办', async ({ page, shot }) => {
      await page.goto(`${stage.url}/cases/${caseId}`);
      await page.locator('.djs-container').waitFor();
      await page.getByText('涉税核查').filter({ visible: true }).first().waitFor();
      await page.getByText('记录链校验通过').first().waitFor();
      expect(await page.locator('.bjs-powered-by').isVisible()).toBe(true);
      expect(await page.getByText('黄灯').count()).toBeGreaterThan(0);
      await shot('11-case');
    });
    await handle('张不动', '用地核查');
    await handle('李税收', '涉税核查');
  }, 120_000);

  it('handler: of two who claim, the second is told who has the task', async () => {
    let taskId = '';
    await stage.as('孙住建', async ({ page }) => {
      await page.goto(`${stage.url}/inbox`);
      await page.locator('tr', { hasText: caseNumber }).locator('button', { hasText: '认领' }).waitFor();
      await stage.as('王住建', async ({ page: rival }) => {
        const { items } = (await (
          await rival.request.get(`${stage.url}/api/tasks?queue=department&limit=100`)
        ).json()) as { items: { id: string; name: string; case: { id: string } }[] };
        taskId = items.find((item) => item.case.id === caseId && item.name === '立面审核')!.id;
        expect((await rival.request.post(`${stage.url}/api/tasks/${taskId}/claim`, { data: {} })).status()).toBe(200);
      });
      const second = await page.request.post(`${stage.url}/api/tasks/${taskId}/claim`, { data: {} });
      expect(second.status()).toBe(409);
      expect(await second.json()).toMatchObject({
        code: 'task.already_claimed',
        details: { by: { name: '王住建' }, since: expect.any(String) },
      });
    });
    await stage.as('王住建', async ({ page, shot }) => {
      await page.goto(`${stage.url}/tasks/${taskId}`);
      await page.getByRole('button', { name: '提交', exact: true }).waitFor();
      await shot('12-housing-task');
      await page.getByRole('button', { name: '提交', exact: true }).click();
      await page.getByText('本环节办理完毕').first().waitFor();
    });
  }, 60_000);

  it('handler: the window hands out what the departments have done', async () => {
    await handle('周窗口', '统一出件');
  }, 60_000);

  it('supervisor: from the board to a case in two clicks', async () => {
    await stage.as('冯督办', async ({ page, shot }) => {
      await page.goto(`${stage.url}/board`);
      await page.getByText('各部门在办任务').first().waitFor();
      await page.locator('table a').first().waitFor();
      await page.locator('[role=img] svg text', { hasText: '住房' }).first().waitFor();
      await shot('13-board');
      await page.locator('table a').first().click();
      await page.locator('table a[href*="/cases/"], table a[href*="/tasks/"]').first().waitFor();
      await shot('14-tasks');
      await page.locator('table a[href*="/cases/"], table a[href*="/tasks/"]').first().click();
      await page.getByText('办理过程').first().waitFor();
      for (const place of ['cases', 'incidents']) {
        await page.goto(`${stage.url}/${place}`);
        await page.getByRole('heading', { level: 1 }).waitFor();
        await shot(`15-${place}`);
      }
    });
  }, 60_000);

  it('applicant: sees the case closed', async () => {
    await stage.as(
      '陈买房',
      async ({ page, shot }) => {
        await page.goto(`${stage.url}/cases/${caseId}`);
        await page.getByText('已办结').first().waitFor();
        await shot('16-closed-phone');
      },
      { viewport: PHONE },
    );
  }, 60_000);
});
