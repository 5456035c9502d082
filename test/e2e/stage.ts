import { expect } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { startServer } from '../support/server.ts';
import { deskOf, launch, strangerOf, type Desk } from './browser.ts';

export const PHONE = { width: 390, height: 844 };

export interface Stage {
  url: string;
  browser: Browser;
  /** Opens a window for a person, or for a stranger; what the browser complained about must be on the list of what was provoked. */
  as(
    person: string | null,
    work: (desk: Desk) => Promise<void>,
    options?: { viewport?: { width: number; height: number }; provoked?: RegExp },
  ): Promise<void>;
  /** Sends to the API as the person at the window: a text is BPMN XML, all else JSON. */
  post<T>(page: Page, path: string, body: object | string): Promise<T>;
  /** Opens the upload page and gives it the file. */
  upload(page: Page, name: string, xml: string): Promise<void>;
  close(): Promise<void>;
}

/** The built server on a folder of its own with its screens ready, and a browser. `name` is in the names of screenshots, `env` what it is told at its start. */
export async function openStage(name: string, env: Record<string, string> = {}): Promise<Stage> {
  const directory = mkdtempSync(join(tmpdir(), `onevisit-${name}-`));
  const browser = await launch();
  const server = await startServer({ directory, env });
  const { url } = server;
  let failures = 0;
  const close = async () => {
    await browser.close();
    await server.stop();
    rmSync(directory, { recursive: true, force: true });
  };
  await screensReady(url).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  return {
    url,
    browser,
    async as(person, work, { viewport, provoked = /^$/ } = {}) {
      const desk = await (person === null
        ? strangerOf(browser, 'stranger', viewport)
        : deskOf(browser, url, person, viewport));
      try {
        await work(desk);
        expect(desk.complaints.filter((complaint) => !provoked.test(complaint))).toEqual([]);
      } catch (error) {
        await desk.shot(`failed-${name}-${++failures}-${person ?? 'stranger'}`);
        throw error;
      } finally {
        await desk.close();
      }
    },
    async post<T>(page: Page, path: string, body: object | string) {
      const headers = { 'content-type': typeof body === 'string' ? 'application/xml' : 'application/json' };
      const answer = await page.request.post(`${url}/api${path}`, { data: body, headers });
      if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
      return (await answer.json()) as T;
    },
    async upload(page, file, xml) {
      await page.goto(`${url}/upload`);
      const chosen = { name: file, mimeType: 'application/xml', buffer: Buffer.from(xml) };
      await page.locator('input[type=file]').first().setInputFiles(chosen);
    },
    close,
  };
}

async function screensReady(url: string): Promise<void> {
  for (;;) {
    const { uiBuild } = (await (await fetch(`${url}/api/status`)).json()) as { uiBuild: string };
    if (uiBuild === 'ready') return;
    if (uiBuild === 'failed') throw new Error('the screens could not be built');
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

/** How many pixels wider than the window the page is: anything but 0 makes it scroll sideways. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}

/** The texts of those elements that cover a part of each other. */
export async function overlapping(page: Page, selector: string): Promise<string[]> {
  const elements = await page.locator(selector).all();
  const boxes = await Promise.all(
    elements.map(async (element) => ({ text: await element.innerText(), ...(await element.boundingBox())! })),
  );
  return boxes.flatMap((a, index) =>
    boxes
      .slice(index + 1)
      .filter((b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height)
      .map((b) => `${a.text} / ${b.text}`),
  );
}
