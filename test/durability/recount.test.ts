import { afterAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bpmn, chain } from '../support/bpmn.ts';
import { NOTICE_2027, workingDaysIntoMarch2027 } from '../support/notices.ts';
import { freePort, startServer, type RunningServer } from '../support/server.ts';

const CASES = 1_000;
const SIDE_BY_SIDE = 8;
const KILLS = 3;
const directory = mkdtempSync(join(tmpdir(), 'onevisit-recount-'));

afterAll(() => rmSync(directory, { recursive: true, force: true }));

interface Run {
  id: string;
  status: string;
  checked: number;
  changed: number;
  failed: unknown[];
}
interface Event {
  type: string;
  data?: unknown;
}

/** A limit that no notice covers. */
function permit(today: string): string {
  const days = workingDaysIntoMarch2027(today);
  return bpmn(
    `<startEvent id="s"/><userTask id="review" ov:department="housing" ov:promise="${days - 1}" ov:unit="workingDays"/><endEvent id="e"/>${chain('s', 'review', 'e')}`,
    { id: 'permit', processAttrs: `ov:promise="${days}" ov:unit="workingDays"` },
  );
}

describe(`a server killed ${KILLS} times while it counts ${CASES} open cases again`, () => {
  it('goes on where it was, and every case that moves has exactly one line', async () => {
    const port = await freePort();
    let server: RunningServer = await startServer({ directory, port });
    const { cookie } = await server.signIn('designer');
    const send = async <T>(method: string, path: string, body?: string | object): Promise<T> => {
      const text = typeof body === 'object' ? JSON.stringify(body) : body;
      const type = typeof body === 'string' ? 'application/xml' : 'application/json';
      const answer = await fetch(`${server.url}/api${path}`, {
        method,
        headers: { cookie, ...(text !== undefined ? { 'content-type': type } : {}) },
        ...(text !== undefined ? { body: text } : {}),
      });
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
      return (await answer.json()) as T;
    };
    const { now } = await send<{ now: string }>('GET', '/status');
    const today = now.slice(0, 10);
    await send('POST', '/definitions', permit(today));
    const ids: string[] = [];
    const clerk = async () => {
      while (ids.length < CASES)
        ids.push((await send<{ id: string }>('POST', '/cases', { definition: 'permit', data: {} })).id);
    };
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, clerk));

    const notice = { ...NOTICE_2027, effective: today };
    const { run } = await send<{ run: Run }>('POST', '/calendars/notices', { notice });
    const progress = () => send<Run>('GET', `/recounts/${run.id}`);
    let cutOff = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const from = (await progress()).checked;
      let at = await progress();
      while (at.status !== 'done' && at.checked === from) at = await progress();
      if (at.status !== 'done') cutOff += 1;
      await server.kill();
      server = await startServer({ directory, port });
    }
    let end = await progress();
    while (end.status !== 'done') {
      await new Promise((resolve) => setTimeout(resolve, 100));
      end = await progress();
    }
    // the demo city has cases of its own
    expect(cutOff).toBeGreaterThan(0);
    expect(end).toMatchObject({ status: 'done', failed: [] });
    expect(end.checked).toBeGreaterThanOrEqual(CASES);

    const wrong: string[] = [];
    const check = async () => {
      for (let id = ids.pop(); id; id = ids.pop()) {
        const { items, chain } = await send<{ items: Event[]; chain: { verified: boolean } }>(
          'GET',
          `/cases/${id}/history?limit=100`,
        );
        const lines = items.filter(({ type }) => type === 'deadline.recounted').length;
        const { provisional } = await send<{ provisional: boolean }>('GET', `/cases/${id}`);
        if (lines !== 1 || provisional || !chain.verified) wrong.push(`${id}: ${lines} lines`);
      }
    };
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, check));
    expect(wrong).toEqual([]);
    await server.stop();
  }, 300_000);
});

describe('a demo whose clock was moved', () => {
  it('is still ahead after it was killed: what was written does not lie in the future', async () => {
    const port = await freePort();
    let server = await startServer({ directory, port });
    try {
      const { cookie } = await server.signIn('handler');
      const moved = await fetch(`${server.url}/api/demo/clock`, {
        method: 'POST',
        headers: { cookie, 'content-type': 'application/json' },
        body: JSON.stringify({ leap: 'hour' }),
      });
      const { now } = (await moved.json()) as { now: string };
      await server.kill();
      server = await startServer({ directory, port });
      const status = (await (await fetch(`${server.url}/api/status`)).json()) as { now: string };
      expect(Date.parse(status.now)).toBeGreaterThanOrEqual(Date.parse(now));
    } finally {
      await server.kill();
    }
  }, 180_000);
});
