import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { threeDepartments } from './model.ts';
import { openStage, PHONE, type Stage } from './stage.ts';

const LONG_NAME = '统一出件：整理全部纸质材料与电子材料并移交城建档案馆，同时通知申请人领取';
let stage: Stage;
let caseId: string;

beforeAll(async () => {
  stage = await openStage('repair');
  const xml = await threeDepartments();
  await stage.as('丁设计', async ({ page }) => {
    await stage.post(page, '/definitions', xml);
    ({ id: caseId } = await stage.post<{ id: string }>(page, '/cases', {
      definition: 'story',
      title: '河畔路 5 号招牌',
    }));
    const next = xml.replaceAll('"facade', '"front').replaceAll('-facade', '-front').replaceAll('>facade<', '>front<');
    await stage.post(
      page,
      '/definitions',
      next.replace('name="立面审核"', 'name="立面会审"').replace('"统一出件"', `"${LONG_NAME}"`),
    );
  });
}, 240_000);

afterAll(() => stage?.close(), 30_000);

describe('a supervisor repairs a case', () => {
  it('by moving it to another step, having seen what that does', async () => {
    await stage.as('冯督办', async ({ page, shot }) => {
      await page.goto(`${stage.url}/cases/${caseId}`);
      await page.getByRole('button', { name: '移动办件环节' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('受理', { exact: true }).waitFor();
      await dialog.locator('#move-to').click();
      await page.getByRole('option', { name: /立面审核/ }).click();
      await dialog.getByText('中止“受理”').waitFor();
      await dialog.getByText('进入“立面审核”').waitFor();
      await dialog.getByRole('button', { name: '移动办件环节' }).click();
      await dialog.getByText('请填写原因').waitFor();
      await dialog.getByLabel('原因').fill('材料已由窗口核过');
      await shot('30-move-case');
      await dialog.getByRole('button', { name: '移动办件环节' }).click();
      await page.getByText('“受理”改为“立面审核”').waitFor();
      await page.locator('.case-diagram tr', { hasText: '立面审核' }).waitFor();
      await shot('31-moved');
    });
  }, 90_000);

  it('by taking it to the new version, with the step it needs chosen by hand', async () => {
    await stage.as('冯督办', async ({ page, shot }) => {
      await page.goto(`${stage.url}/cases/${caseId}`);
      await page.getByRole('button', { name: '迁移到新版本' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('迁移会丢失办理状态').waitFor();
      await shot('32-migration-refused');
      await dialog.locator('[data-map="facade"] input, input[data-map="facade"]').first().click();
      await page.getByRole('option', { name: '立面会审' }).click();
      await dialog.getByText('可以迁移').waitFor();
      await dialog.getByLabel('原因').fill('流程修订');
      await shot('33-migration-possible');
      await dialog.getByRole('button', { name: '迁移到新版本' }).click();
      await page.getByText('由第 1 版迁移到第 2 版，原因：流程修订').waitFor();
      await page.locator('.case-diagram tr', { hasText: '立面会审' }).waitFor();
      await shot('34-migrated');
    });
  }, 90_000);

  it('on a phone, where steps with long names still fit', async () => {
    await stage.as(
      '冯督办',
      async ({ page, shot }) => {
        await page.goto(`${stage.url}/cases/${caseId}`);
        await page.getByRole('button', { name: '移动办件环节' }).click();
        await page.getByRole('dialog').locator('#move-to').click();
        const options = page.locator('.el-select-dropdown:visible');
        await options.getByText(LONG_NAME).waitFor();
        await shot('36-move-phone');
        const { x, width } = (await options.boundingBox())!;
        expect(x).toBeGreaterThanOrEqual(0);
        expect(x + width).toBeLessThanOrEqual(PHONE.width);
      },
      { viewport: PHONE },
    );
  }, 60_000);

  it('in English as well', async () => {
    await stage.as('冯督办', async ({ page, shot }) => {
      await page.getByRole('button', { name: 'English' }).click();
      await page.goto(`${stage.url}/cases/${caseId}`);
      await page.getByRole('button', { name: 'Move the case' }).click();
      await page.getByRole('dialog').getByText('Choose where the case stands').waitFor();
      await shot('35-move-english');
    });
  }, 60_000);

  it('while a handler has no such button', async () => {
    await stage.as('王住建', async ({ page }) => {
      await page.goto(`${stage.url}/cases/${caseId}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect(await page.getByRole('button', { name: '移动办件环节' }).count()).toBe(0);
    });
  }, 60_000);
});
