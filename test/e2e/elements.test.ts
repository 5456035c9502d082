import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { bpmn, chain } from '../support/bpmn.ts';
import { startServer, type RunningServer } from '../support/server.ts';
import { deskOf, launch, type Desk } from './browser.ts';
import { CALLED, EVERY_WAIT } from './elements-model.ts';

const directory = mkdtempSync(join(tmpdir(), 'onevisit-elements-'));
const PHONE = { width: 390, height: 844 };
let server: RunningServer;
let browser: Browser;
let caseId: string;

async function as(name: string, work: (desk: Desk) => Promise<void>, viewport?: typeof PHONE): Promise<void> {
  const desk = await deskOf(browser, server.url, name, viewport);
  try {
    await work(desk);
    expect(desk.complaints).toEqual([]);
  } catch (error) {
    await desk.shot(`failed-elements-${name}`);
    throw error;
  } finally {
    await desk.close();
  }
}

async function post<T>(page: Page, path: string, body: object | string): Promise<T> {
  const headers = { 'content-type': typeof body === 'string' ? 'application/xml' : 'application/json' };
  const answer = await page.request.post(`${server.url}/api${path}`, { data: body, headers });
  if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
  return (await answer.json()) as T;
}

beforeAll(async () => {
  server = await startServer({ directory, built: true });
  for (;;) {
    const { uiBuild } = (await (await fetch(`${server.url}/api/status`)).json()) as { uiBuild: string };
    if (uiBuild === 'ready') break;
    if (uiBuild === 'failed') throw new Error('the screens could not be built');
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  browser = await launch();
  await as('丁设计', async ({ page }) => {
    await post(page, '/definitions', CALLED);
    await post(page, '/definitions', EVERY_WAIT);
    ({ id: caseId } = await post<{ id: string }>(page, '/cases', { definition: 'every-wait', title: '河畔路 5 号' }));
  });
  await as('王住建', async ({ page }) => {
    const found = await page.request.get(`${server.url}/api/cases/${caseId}`);
    const { tasks } = (await found.json()) as { tasks: { id: string }[] };
    await post(page, `/tasks/${tasks[0]!.id}/claim`, {});
    await post(page, `/tasks/${tasks[0]!.id}/complete`, { data: {} });
  });
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
  rmSync(directory, { recursive: true, force: true });
});

describe('a case that waits in every way', () => {
  it('says on the diagram what is waited for, and lets a handler choose what begins', async () => {
    await as('王住建', async ({ page, shot }) => {
      await page.goto(`${server.url}/cases/${caseId}`);
      for (const wait of ['等待选择工作', '等待事件', '等待条件成立', '等待所调用的办件']) {
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
      await page.locator('.case-diagram tr', { hasText: '现场拍照' }).waitFor();

      await choice.getByRole('button', { name: '不再安排' }).click();
      await page.getByRole('dialog').getByRole('button', { name: '不再安排' }).click();
      await choice.waitFor({ state: 'detached' });
    });
  }, 90_000);

  it('leads to the case it called and back, on a phone and in English', async () => {
    await as(
      '冯督办',
      async ({ page, shot }) => {
        await page.getByRole('button', { name: 'English' }).click();
        await page.goto(`${server.url}/cases/${caseId}`);
        await page.getByText('Called cases').waitFor();
        const wider = await page.evaluate<number>(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        );
        expect(wider).toBe(0);
        await shot('41-related-phone');
        await page.locator('.kin a').click();
        await page.getByText('Called by').waitFor();
        await page.locator('.kin a').click();
        await page.waitForURL(`${server.url}/cases/${caseId}`);
      },
      PHONE,
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
  await as('丁设计', async ({ page, shot }) => {
    await page.goto(`${server.url}/upload`);
    const upload = { name: '两个流程.bpmn', mimeType: 'application/xml', buffer: Buffer.from(file) };
    await page.locator('input[type=file]').first().setInputFiles(upload);
    await page.getByRole('button', { name: '发布', exact: true }).click();
    await page.getByText('已发布：回复意见 第 1 版').waitFor();
    await page.getByText('文件里的另一个流程：征求意见 第 1 版').waitFor();
    await shot('42-two-processes');
  });
}, 60_000);
