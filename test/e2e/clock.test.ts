import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { threeDepartments } from './model.ts';
import { openStage, PHONE, type Stage } from './stage.ts';

let stage: Stage;
let caseId: string;

beforeAll(async () => {
  stage = await openStage('clock');
  const xml = await threeDepartments();
  await stage.as('丁设计', async ({ page }) => {
    await stage.post(page, '/definitions', xml);
    ({ id: caseId } = await stage.post<{ id: string }>(page, '/cases', {
      definition: 'story',
      title: '河畔路 6 号招牌',
    }));
  });
}, 240_000);

afterAll(() => stage?.close(), 30_000);

describe('a supervisor stops the clock of a case', () => {
  it('for a reason of the law, lets it run on, and extends the limit', async () => {
    await stage.as('冯督办', async ({ page, shot }) => {
      await page.goto(`${stage.url}/cases/${caseId}`);
      const dialog = page.getByRole('dialog');
      await page.getByRole('button', { name: '启动特别程序' }).click();
      await dialog.getByRole('button', { name: '启动特别程序' }).click();
      await dialog.getByText('请填写告知申请人的理由').waitFor();
      await dialog.locator('.el-select').click();
      await page.getByRole('option', { name: '专家评审' }).click();
      await dialog.getByLabel('告知申请人的理由').fill('委托专家评审，预计十五个工作日');
      await shot('70-hold');
      await dialog.getByRole('button', { name: '启动特别程序' }).click();
      await page.getByText('计时已停止').first().waitFor();
      await page.locator('.page-head .light-grey').waitFor();
      await shot('71-held');

      await page.getByRole('button', { name: '结束特别程序' }).click();
      await dialog.getByLabel('告知申请人的理由').fill('评审结束');
      await dialog.getByRole('button', { name: '结束特别程序' }).click();
      await page.locator('.page-head .light-green').waitFor();

      await page.getByRole('button', { name: '延期' }).click();
      await dialog.locator('#clock-value').fill('5');
      await dialog.getByLabel('告知申请人的理由').fill('情况复杂，需要补充调查');
      await shot('72-extend');
      await dialog.getByRole('button', { name: '延期' }).click();
      await page.getByText('已批准延期 5').waitFor();
      await page.getByText(/批准延期 5 个工作日：情况复杂/).waitFor();
      await shot('73-extended');
    });
  }, 90_000);

  it('and the applicant-facing record fits a phone', async () => {
    await stage.as(
      '冯督办',
      async ({ page, shot }) => {
        await page.goto(`${stage.url}/cases/${caseId}`);
        await page.getByText('特别程序：专家评审').waitFor();
        await shot('74-clock-phone');
      },
      { viewport: PHONE },
    );
  }, 60_000);
});
