import { afterAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bpmn, chain } from '../support/bpmn.ts';
import { freePort, startServer, type RunningServer } from '../support/server.ts';
import { Load } from './load.ts';

/** The long run: KILLS=50 npm run test:durability -- test/durability/crash */
const KILLS = Number(process.env.KILLS ?? 20);
const directory = mkdtempSync(join(tmpdir(), 'onevisit-crash-'));

afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Three tasks side by side in one department, a timer beside the first, then one more task. */
const model = (department: string) =>
  bpmn(
    '<startEvent id="s"/><parallelGateway id="fork"/><parallelGateway id="join"/><endEvent id="e"/><endEvent id="e2"/>' +
      ['a', 'b', 'c', 'last']
        .map((id) => `<userTask id="${id}" name="${id}" ov:department="${department}" ov:promise="3"/>`)
        .join('') +
      '<boundaryEvent id="soon" attachedToRef="a" cancelActivity="false"><timerEventDefinition><timeDuration>PT1S</timeDuration></timerEventDefinition></boundaryEvent>' +
      chain('s', 'fork', 'a', 'join', 'last', 'e') +
      chain('fork', 'b', 'join') +
      chain('fork', 'c', 'join') +
      chain('soon', 'e2'),
    { id: 'crash' },
  );

describe(`a server killed ${KILLS} times under load`, () => {
  it(
    'loses nothing it has acknowledged, completes no task twice, and lets every case end',
    async () => {
      const port = await freePort();
      const boot = () => startServer({ directory, port });
      let server: RunningServer = await boot();
      const handler = await server.signIn('handler');
      const designer = await server.signIn('designer');
      const deployed = await fetch(`${server.url}/api/definitions`, {
        method: 'POST',
        headers: { cookie: designer.cookie, 'content-type': 'application/xml' },
        body: model(handler.departments[0]!),
      });
      expect(deployed.status).toBe(201);

      const load = new Load(server.url, handler, designer);
      for (let kill = 1; kill <= KILLS; kill++) {
        const clients = load.run(6);
        await new Promise((resolve) => setTimeout(resolve, 80 + ((kill * 7919) % 500)));
        await server.kill();
        await clients;
        server = await boot();
        await load.retryUnanswered();
        await load.verifySince();
      }

      await load.finishAll();
      const report = await load.verifyAll();
      console.log(`${KILLS} kills; acknowledged: ${load.counts()}; cases: ${report.cases}; events: ${report.events}`);
      expect(report.problems).toEqual([]);
      expect(report.cases).toBeGreaterThan(KILLS);
      await server.stop();
    },
    15 * 60_000,
  );
});
