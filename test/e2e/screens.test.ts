import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { threeDepartments } from './model.ts';
import { openStage, overflow, PHONE, type Stage } from './stage.ts';

let stage: Stage;
let caseId: string;
let caseNumber: string;

async function taskNamed(page: Page, name: string): Promise<string> {
  const answer = await page.request.get(`${stage.url}/api/cases/${caseId}`);
  const { tasks } = (await answer.json()) as { tasks: { id: string; name: string }[] };
  return tasks.find((task) => task.name === name)!.id;
}

/** A case that three departments work on: its window task is done, the others wait. */
async function startStory(): Promise<void> {
  await stage.as('丁设计', async ({ page }) => {
    await stage.upload(page, '招牌.bpmn', await threeDepartments());
    await page.getByRole('button', { name: '发布', exact: true }).click();
    await page.getByText('已发布').first().waitFor();
  });
  await stage.as('陈买房', async ({ page }) => {
    ({ id: caseId, number: caseNumber } = await stage.post<{ id: string; number: string }>(page, '/cases', {
      definition: 'story',
      title: '演示街 2 号门店招牌',
      data: {},
    }));
  });
  await stage.as('周窗口', async ({ page }) => {
    const task = await taskNamed(page, '受理');
    await stage.post(page, `/tasks/${task}/claim`, {});
    await stage.post(page, `/tasks/${task}/complete`, { data: {} });
  });
}

beforeAll(async () => {
  stage = await openStage('screens');
  await startStory();
}, 180_000);

afterAll(() => stage?.close(), 30_000);

describe('role cards', () => {
  it('lead back to the page that was asked for, and work from the keyboard', async () => {
    const page = await stage.browser.newPage({ locale: 'zh-CN' });
    await page.goto(`${stage.url}/cases`);
    await page.waitForURL(/\/sign-in\?next=/);
    const card = page.locator('button.person').filter({ hasText: '冯督办' });
    await card.focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(`${stage.url}/cases`);
    await page.getByRole('heading', { name: '办件查询' }).waitFor();
    await page.close();
  }, 60_000);

  it('keep each role to its pages', async () => {
    await stage.as('陈买房', async ({ page }) => {
      await page.goto(`${stage.url}/board`);
      await page.waitForURL(`${stage.url}/items`);
    });
  }, 60_000);

  it('remember the language on this device', async () => {
    await stage.as('冯督办', async ({ page }) => {
      await page.getByRole('button', { name: 'English' }).click();
      await page.getByRole('heading', { name: 'Board' }).waitFor();
      await page.reload();
      await page.getByRole('heading', { name: 'Board' }).waitFor();
      expect(await page.locator('html').getAttribute('lang')).toBe('en');
    });
  }, 60_000);
});

describe('upload page', () => {
  it('lists the elements of a file that has no drawing, and selects the one a finding names', async () => {
    await stage.as('丁设计', async ({ page, shot }) => {
      const xml = (await threeDepartments({ broken: true })).replace(
        /<bpmndi:BPMNDiagram[\s\S]*<\/bpmndi:BPMNDiagram>/,
        '',
      );
      await stage.upload(page, '无图.bpmn', xml);
      await page.getByText('文件里没有图形信息').waitFor();
      await page
        .locator('.findings tr', { hasText: 'script-format' })
        .getByRole('button', { name: 'script', exact: true })
        .click();
      await page.locator('.element-list tr.row-selected', { hasText: '脚本' }).waitFor();
      await shot('20-no-diagram');
    });
  }, 60_000);

  it('a click on a finding selects its element on the diagram', async () => {
    await stage.as('丁设计', async ({ page, shot }) => {
      await stage.upload(page, '错误.bpmn', await threeDepartments({ broken: true }));
      await page.locator('.djs-overlay .badge-error').waitFor();
      await page.locator('.findings tr', { hasText: 'script-format' }).click();
      await page.locator('.djs-element.selected[data-element-id="script"]').waitFor();
      await shot('21-finding-selected');
    });
  }, 60_000);
});

describe('forms', () => {
  it("show the server's errors at their fields, and warn before typed work is lost", async () => {
    await stage.as(
      '陈买房',
      async ({ page, shot }) => {
        await page.goto(`${stage.url}/items/second-hand-home/start`);
        await page.getByRole('button', { name: '提交申请' }).click();
        await page.locator('.form-errors').waitFor();
        const item = page.locator('.el-form-item', { hasText: '出卖人身份证号' });
        await item.locator('.el-form-item__error').waitFor();
        await shot('22-form-errors-phone');

        await item.getByRole('textbox').fill('210502190001010001');
        await item.getByRole('textbox').blur();
        await item.getByText('校验码').waitFor();
        await item.locator('.el-form-item__error').waitFor({ state: 'detached' });

        await page.getByRole('link', { name: '我的办件' }).click();
        await page.getByText('填写的内容还没有提交').waitFor();
        await page.getByRole('button', { name: '继续填写' }).click();
        expect(await item.getByRole('textbox').inputValue()).toBe('210502190001010001');
        await page.getByRole('link', { name: '我的办件' }).click();
        await page.getByRole('button', { name: '离开', exact: true }).click();
        await page.waitForURL(`${stage.url}/my-cases`);
      },
      { viewport: PHONE, provoked: /status of 422/ },
    );
  }, 90_000);

  it('keep a file that was chosen, under its Chinese name', async () => {
    await stage.as(
      '陈买房',
      async ({ page }) => {
        await page.goto(`${stage.url}/items/second-hand-home/start`);
        const item = page.locator('.el-form-item', { has: page.locator('input[type=file]') }).first();
        await item.locator('input[type=file]').setInputFiles({
          name: '委托书（𠮷）.pdf',
          mimeType: 'application/pdf',
          buffer: Buffer.from('%PDF-1.4\n%%EOF\n'),
        });
        const link = item.getByRole('link', { name: '委托书（𠮷）.pdf' });
        await link.waitFor();
        const stored = await page.request.get(stage.url + (await link.getAttribute('href'))!);
        expect(await stored.text()).toContain('%PDF-1.4');
      },
      { viewport: PHONE },
    );
  }, 60_000);
});

describe('inbox', () => {
  it('filters by light: each row says its light in shape and word', async () => {
    await stage.as('吴人防', async ({ page, shot }) => {
      await page.goto(`${stage.url}/inbox?light=red`);
      await page.locator('.data-table tbody tr').first().waitFor();
      for (const light of await page.locator('.data-table tbody .light').allInnerTexts()) {
        expect(light.replace(/\s/g, '')).toBe('■红灯');
      }
      await shot('23-inbox-red');
    });
  }, 60_000);

  it('follows what colleagues do without a reload, and tells the second one who has the task', async () => {
    await stage.as('王住建', async ({ page: wang }) => {
      await wang.goto(`${stage.url}/inbox`);
      await wang.getByText('实时更新中').waitFor();
      const seen = wang.locator('tr', { hasText: caseNumber }).filter({ hasText: '立面审核' });
      await seen.waitFor();
      await stage.as(
        '孙住建',
        async ({ page: sun, shot }) => {
          await sun.route('**/api/events', (route) => route.abort());
          await sun.goto(`${stage.url}/inbox`);
          const stale = sun.locator('tr', { hasText: caseNumber }).filter({ hasText: '立面审核' });
          await stale.waitFor();

          await seen.getByRole('button', { name: /^认领/ }).click();
          await wang.getByText('已认领').first().waitFor();
          await seen.waitFor({ state: 'detached' });

          await stale.getByRole('button', { name: /^认领/ }).click();
          const told = sun.locator('.el-message', { hasText: /王住建于/ });
          await told.waitFor();
          expect(await told.innerText()).not.toContain('Expected');
          await stale.waitFor({ state: 'detached' });
          await shot('24-already-claimed');
        },
        { provoked: /ERR_FAILED|status of 409/ },
      );
    });
  }, 90_000);

  it('a task can be put back for the others', async () => {
    await stage.as('王住建', async ({ page }) => {
      await page.goto(`${stage.url}/tasks/${await taskNamed(page, '立面审核')}`);
      await page.getByRole('button', { name: '取消认领' }).click();
      await page.waitForURL(/\/inbox/);
      await page.locator('tr', { hasText: caseNumber }).filter({ hasText: '立面审核' }).waitFor();
    });
  }, 60_000);
});

describe('every page', () => {
  it('says when the network is down, and recovers', async () => {
    await stage.as(
      '冯督办',
      async ({ page, shot }) => {
        await page.getByRole('heading', { name: '督办看板' }).waitFor();
        await page.context().setOffline(true);
        await page.getByRole('button', { name: '刷新' }).click();
        await page.getByText('网络已断开').waitFor();
        await shot('25-network-down');
        await page.context().setOffline(false);
        await page.getByRole('button', { name: '刷新' }).click();
        await page.getByText('网络已断开').waitFor({ state: 'detached' });
      },
      { provoked: /ERR_INTERNET_DISCONNECTED|ERR_FAILED|ERR_NETWORK/ },
    );
  }, 60_000);

  it.each(['/items', '/items/second-hand-home', '/items/second-hand-home/start', '/my-cases', '/my-tasks'])(
    '%s fits a phone',
    async (path) => {
      await stage.as(
        '陈买房',
        async ({ page }) => {
          await page.goto(stage.url + path);
          await page.getByRole('heading', { level: 1 }).waitFor();
          await page.waitForLoadState('load');
          expect(await overflow(page)).toBe(0);
        },
        { viewport: PHONE },
      );
    },
    60_000,
  );
});

describe('case page', () => {
  it('shows every token on the diagram and in the table beside it, lights in words', async () => {
    await stage.as('冯督办', async ({ page, shot }) => {
      await page.goto(`${stage.url}/cases/${caseId}`);
      await page.locator('.djs-overlay .diagram-badge').first().waitFor();
      const badges = await page.locator('.djs-overlay .diagram-badge').allInnerTexts();
      expect(badges).toHaveLength(3);
      for (const badge of badges) expect(badge).toMatch(/^(● 绿灯|▲ 黄灯|■ 红灯)$/);
      for (const step of ['用地核查', '涉税核查', '立面审核']) {
        await page.locator('.case-diagram tr', { hasText: step }).waitFor();
      }
      await shot('26-case-tokens');
    });
  }, 60_000);

  it('cancels with a reason, which the timeline repeats', async () => {
    await stage.as('陈买房', async ({ page, shot }) => {
      await page.goto(`${stage.url}/cases/${caseId}`);
      await page.getByRole('button', { name: '撤回申请' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: '撤回申请' }).click();
      await dialog.getByText('请填写撤回原因').waitFor();
      await dialog.getByLabel('撤回原因').fill('不再需要招牌');
      await dialog.getByRole('button', { name: '撤回申请' }).click();
      await page.getByText('原因：不再需要招牌').waitFor();
      await page.getByText('已撤件').first().waitFor();
      expect(await page.getByRole('button', { name: '撤回申请' }).count()).toBe(0);
      await shot('27-cancelled');
    });
  }, 60_000);
});
