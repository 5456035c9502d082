import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bpmn, chain } from '../support/bpmn.ts';
import { CALLED, EVERY_WAIT } from './elements-model.ts';
import { openStage, overflow, overlapping, PHONE, type Stage } from './stage.ts';

let stage: Stage;
let caseId: string;

beforeAll(async () => {
  stage = await openStage('elements');
  await stage.as('丁设计', async ({ page }) => {
    await stage.post(page, '/definitions', CALLED);
    await stage.post(page, '/definitions', EVERY_WAIT);
    ({ id: caseId } = await stage.post<{ id: string }>(page, '/cases', {
      definition: 'every-wait',
      title: '河畔路 5 号',
    }));
  });
  await stage.as('王住建', async ({ page }) => {
    const found = await page.request.get(`${stage.url}/api/cases/${caseId}`);
    const { tasks } = (await found.json()) as { tasks: { id: string }[] };
    await stage.post(page, `/tasks/${tasks[0]!.id}/claim`, {});
    await stage.post(page, `/tasks/${tasks[0]!.id}/complete`, { data: {} });
  });
}, 240_000);

afterAll(() => stage?.close(), 30_000);

describe('a case that waits in every way', () => {
  it.each([{ width: 1366, height: 768 }, PHONE])(
    'keeps its diagram in sight and the badges apart, $width pixels wide',
    async (viewport) => {
      await stage.as(
        '冯督办',
        async ({ page, shot }) => {
          await page.goto(`${stage.url}/cases/${caseId}`);
          await page.locator('.djs-overlay .diagram-badge').first().waitFor();
          expect(await overlapping(page, '.djs-overlay .diagram-badge')).toEqual([]);
          const rows = page.locator('.case-diagram tbody tr');
          expect(await rows.count()).toBe(3);
          await page.locator('.djs-element[data-element-id="pay-tx"]').click({ position: { x: 5, y: 5 } });
          await page.locator('.case-diagram tr.row-selected', { hasText: '收费事务' }).waitFor();
          await shot(`43-case-${viewport.width}`);
          await page.getByRole('button', { name: '显示全部 8 个环节' }).click();
          expect(await rows.count()).toBe(8);
          await page.getByRole('button', { name: '收起' }).click();
          await page.setViewportSize({ width: 1600, height: 900 });
          await rows.nth(7).waitFor();
          expect(await overlapping(page, '.djs-overlay .diagram-badge')).toEqual([]);
        },
        { viewport },
      );
    },
    60_000,
  );

  it('says on the diagram what is waited for, and lets a handler choose what begins', async () => {
    await stage.as('王住建', async ({ page, shot }) => {
      await page.goto(`${stage.url}/cases/${caseId}`);
      for (const wait of ['等待选择工作', '等待事件', '等待条件成立', '等待下级办件']) {
        await page.locator('.djs-overlay .diagram-badge', { hasText: wait }).waitFor();
      }
      const choice = page.getByRole('region', { name: '补充勘查' });
      await choice.getByRole('button', { name: '选择工作' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: '开始' }).click();
      await dialog.getByText('请至少选择一项').waitFor();
      await dialog.getByText('现场拍照').click();
      await dialog.getByText('面积测量').click();
      await shot('40-choose-work');
      await dialog.getByRole('button', { name: '开始' }).click();
      await choice.getByText('正在进行：现场拍照、面积测量').waitFor();
      await page.getByRole('button', { name: /显示全部 \d+ 个环节/ }).click();
      await page.locator('.case-diagram tr', { hasText: '现场拍照' }).waitFor();

      await choice.getByRole('button', { name: '不再安排' }).click();
      await page.getByRole('dialog').getByRole('button', { name: '不再安排' }).click();
      await choice.waitFor({ state: 'detached' });
    });
  }, 90_000);

  it('leads to the case it called and back, on a phone and in English', async () => {
    await stage.as(
      '冯督办',
      async ({ page, shot }) => {
        await page.getByRole('button', { name: 'English' }).click();
        await page.goto(`${stage.url}/cases/${caseId}`);
        await page.getByText('Called cases', { exact: true }).waitFor();
        expect(await overflow(page)).toBe(0);
        await shot('41-related-phone');
        await page.locator('.kin a').click();
        await page.getByText('Called by', { exact: true }).waitFor();
        await page.locator('.kin a').click();
        await page.waitForURL(`${stage.url}/cases/${caseId}`);
      },
      { viewport: PHONE },
    );
  }, 60_000);
});

it('publishing says every process of a file', async () => {
  const process = (id: string) => `<startEvent id="${id}-s"/><endEvent id="${id}-e"/>${chain(`${id}-s`, `${id}-e`)}`;
  const file = bpmn(process('one'), {
    id: 'asks',
    name: '征求意见',
    roots: `<process id="answers" name="回复意见" isExecutable="true">${process('two')}</process>`,
  });
  await stage.as('丁设计', async ({ page, shot }) => {
    await stage.upload(page, '两个流程.bpmn', file);
    await page.getByText('流程：回复意见、征求意见').waitFor();
    await page.getByRole('button', { name: '发布', exact: true }).click();
    await page.getByText('已发布：回复意见 第 1 版').waitFor();
    await page.getByText('文件里的另一个流程：征求意见 第 1 版').waitFor();
    await shot('42-two-processes');
  });
}, 60_000);
