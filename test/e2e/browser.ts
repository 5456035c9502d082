import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';

const SHOTS = 'test/e2e/screenshots';

/** Chromium of the machine: CHROMIUM, or where Debian puts it. */
export function launch(): Promise<Browser> {
  mkdirSync(SHOTS, { recursive: true });
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
}

export interface Desk {
  page: Page;
  /** What the browser complained about: script errors, failed requests, policy violations. */
  complaints: string[];
  shot(name: string): Promise<void>;
  close(): Promise<void>;
}

/** A browser window of its own, signed in by the role card of that name. */
export async function deskOf(
  browser: Browser,
  url: string,
  name: string,
  viewport = { width: 1440, height: 900 },
): Promise<Desk> {
  const desk = await strangerOf(browser, name, viewport);
  const { page } = desk;
  await page.goto(`${url}/sign-in`);
  await page
    .locator('button.person')
    .filter({ has: page.locator('.name', { hasText: name }) })
    .click();
  await page.waitForURL((address) => !address.pathname.startsWith('/sign-in') && address.pathname !== '/');
  return desk;
}

/** A browser window of somebody who has not signed in. */
export async function strangerOf(
  browser: Browser,
  name = 'stranger',
  viewport = { width: 1440, height: 900 },
): Promise<Desk> {
  const context = await browser.newContext({ viewport, locale: 'zh-CN' });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`${name}: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${name}: ${message.text()}`);
  });
  page.on('dialog', (dialog) => {
    complaints.push(`${name}: dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  return {
    page,
    complaints,
    shot: async (file) => void (await page.screenshot({ path: join(SHOTS, `${file}.png`) })),
    close: () => context.close(),
  };
}
