import { afterAll, afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import Queue from 'bull';
import { createEngine, systemClock, type Engine } from '../../engine/index.ts';
import { bullWakeUp, type BullOptions } from '../../engine/jobs/bull/index.ts';
import type { WakeUp } from '../../engine/jobs/wake-up.ts';
import { memoryStore } from '../../engine/store/memory/index.ts';
import { loadCalendar } from '../../processes/calendars/load.ts';
import { watcher, wakeUpContract } from '../contracts/wake-up.contract.ts';
import { bpmn, chain } from '../support/bpmn.ts';
import { APPLICANT, DESIGNER } from '../support/office.ts';
import { startRedis } from '../support/redis.ts';

const redis = await startRedis();
afterAll(() => redis?.stop());
jest.setTimeout(20_000);

const space = 'city';
const opened: (WakeUp | Engine)[] = [];
async function stopAll() {
  await Promise.all(opened.splice(0).map((each) => each.stop()));
}

/** A node's wake-up, and what it told of Redis. */
function node(look: (() => void) | undefined, options: Partial<BullOptions> = {}) {
  const told: string[] = [];
  const waiting: (() => void)[] = [];
  const onOutage = (error: Error | undefined) => {
    told.push(error ? 'lost' : 'back');
    for (const go of waiting.splice(0)) go();
  };
  const wakeUp = bullWakeUp({ url: redis!.url, space, clock: systemClock, onOutage, ...options });
  opened.push(wakeUp);
  wakeUp.start(look);
  return {
    wakeUp,
    told,
    async hears(text: string) {
      while (told.at(-1) !== text) await new Promise<void>((go) => waiting.push(go));
    },
  };
}

/** A node that is connected and has taken its first look. */
async function readyNode(options?: Partial<BullOptions>) {
  const watch = watcher();
  const each = node(watch.look, options);
  await watch.taken(1);
  watch.looks.length = 0;
  return { ...each, ...watch };
}

if (redis) {
  wakeUpContract('Bull on Redis', async (look) => {
    const watch = watcher();
    const { wakeUp } = node(() => {
      watch.look();
      look();
    });
    await watch.taken(1);
    return wakeUp;
  });
}

(redis ? describe : describe.skip)('wake-ups through Redis', () => {
  beforeEach(() => redis!.flush());
  afterEach(stopAll);

  it('of a node that runs no jobs wake one that does', async () => {
    const worker = await readyNode();
    const teller = node(undefined).wakeUp;
    // until it is connected its hints reach nobody
    for (let hint = 0; worker.looks.length === 0; hint++) {
      teller.hint(Date.now(), `job-${hint}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(worker.looks.length).toBeGreaterThan(0);
  });

  /** Nodes, and the looks of all of them together. */
  async function nodes(count: number) {
    const all = watcher();
    const each = await Promise.all(
      Array.from({ length: count }, async () => {
        const ready = watcher();
        const { wakeUp } = node(() => {
          ready.look();
          all.look();
        });
        await ready.taken(1);
        return wakeUp;
      }),
    );
    all.looks.length = 0;
    return { each, ...all };
  }

  it('reach one node each', async () => {
    const { each, looks, taken } = await nodes(3);
    const now = Date.now();
    for (let job = 0; job < 30; job++) each[job % 3]!.hint(now + (job % 5) * 20, `job-${job}`);
    await taken(30);
    each[0]!.hint(Date.now() + 50, 'last'); // a second look of any of the others would have come before
    await taken(31);
    expect(looks).toHaveLength(31);
  });

  it('are one for the same hint of every node', async () => {
    const { each, looks, taken } = await nodes(3);
    const dueAt = Date.now() + 100;
    for (const wakeUp of each) wakeUp.hint(dueAt, 'job-1');
    each[0]!.hint(dueAt + 100, 'job-2');
    await taken(2);
    expect(looks[1]).toBeGreaterThanOrEqual(dueAt + 98);
  });

  it('stay within an installation', async () => {
    const [ours, theirs] = [await readyNode(), await readyNode({ space: 'another-city' })];
    theirs.wakeUp.hint(Date.now(), 'job-1');
    await theirs.taken(1);
    ours.wakeUp.hint(Date.now(), 'job-1');
    await ours.taken(1);
    expect([ours.looks.length, theirs.looks.length]).toEqual([1, 1]);
  });

  it('come from the node itself while Redis is away, from its start or later; both is told once', async () => {
    await redis!.kill();
    const { look, looks, taken } = watcher();
    const { wakeUp, told, hears } = node(look);
    await hears('lost');
    expect(wakeUp.description).toContain('does not answer');
    wakeUp.hint(Date.now() + 20, 'job-1');
    await taken(looks.length + 1);
    for (let outage = 1; outage <= 2; outage++) {
      await redis!.boot();
      await hears('back');
      expect(wakeUp.description).toMatch(/^Bull on Redis 127\.0\.0\.1:\d+$/);
      const before = looks.length;
      wakeUp.hint(Date.now() + 200, `again-${outage}`);
      while (!(await redis!.contents()).includes(`again-${outage}@`));
      await taken(before + 1);
      await redis!.kill();
      await hears('lost');
    }
    await redis!.boot();
    await hears('back');
    expect(told).toEqual(['lost', 'back', 'lost', 'back', 'lost', 'back']);
  });

  it('come from the node itself while Redis stands still', async () => {
    const { wakeUp, hears, looks, taken } = await readyNode();
    redis!.freeze();
    await hears('lost');
    wakeUp.hint(Date.now() + 20, 'job-1');
    await taken(looks.length + 1);
    redis!.thaw();
  });

  it('keep out of Redis while the clock of the node is wrong, by which Bull would wake others', async () => {
    let wrong = true;
    const { wakeUp, looks, taken } = await readyNode({ clockIsWrong: () => wrong });
    const other = await readyNode();
    const dueAt = Date.now() + 20;
    wakeUp.hint(dueAt, 'job-1');
    await taken(1);
    expect(looks[0]).toBeGreaterThanOrEqual(dueAt - 2);
    expect(wakeUp.description).toContain('wrong');
    expect(await redis!.contents()).not.toContain('job-1');
    expect(other.looks).toEqual([]);
    wrong = false;
    wakeUp.hint(Date.now() + 60_000, 'job-2');
    while (!(await redis!.contents()).includes('job-2@'));
    wrong = true;
    wakeUp.hint(Date.now() + 60_000, 'job-3');
    await taken(2); // for what it had told to Redis only
    expect(await redis!.contents()).not.toContain('job-3@');
  });

  it('do not say the password of Redis', async () => {
    const { wakeUp } = node(() => undefined, { url: redis!.url.replace('//', '//onevisit:geheim@') });
    expect(wakeUp.description).not.toContain('geheim');
  });
});

(redis ? describe : describe.skip)('due work of two nodes', () => {
  beforeEach(() => redis!.flush());
  afterEach(stopAll);

  const called: string[] = [];
  const model = (delay: string) =>
    bpmn(
      '<startEvent id="s"/><userTask id="wait"/><endEvent id="e"/>' +
        `<intermediateCatchEvent id="timer"><timerEventDefinition><timeDuration>${delay}</timeDuration></timerEventDefinition></intermediateCatchEvent>` +
        '<serviceTask id="call" ov:retries="1"><extensionElements><ov:http url="http://counted/"/></extensionElements></serviceTask>' +
        chain('s', 'timer', 'call', 'wait', 'e'),
    );

  async function twoNodes() {
    called.length = 0;
    const store = memoryStore();
    const ends: (() => void)[] = [];
    const [first, second] = await Promise.all(
      [0, 1].map(async () => {
        const { look, taken } = watcher();
        const bull = bullWakeUp({ url: redis!.url, space, clock: systemClock });
        // the sweeper starts it: told when it has looked because Redis is there
        const wakeUp: WakeUp = {
          ...bull,
          start: (sweep) =>
            bull.start(() => {
              look();
              sweep?.();
            }),
        };
        const engine = createEngine({
          store,
          clock: systemClock,
          calendar: loadCalendar(),
          wakeUp,
          connectors: {
            http: async ({ idempotencyKey }) => {
              called.push(idempotencyKey);
              return {};
            },
          },
        });
        opened.push(engine);
        engine.onChange(() => ends.splice(0).forEach((go) => go()));
        engine.start();
        await taken(1);
        return engine;
      }),
    );
    return {
      engines: [first!, second!] as const,
      store,
      async start(delay: string) {
        const { definition } = await first!.deploy({ bytes: Buffer.from(model(delay)) }, DESIGNER);
        const number = 'GEHEIM-NUMBER';
        return first!.startCase(
          {
            definitionKey: definition.key,
            number,
            title: 'GEHEIM-TITLE',
            applicant: APPLICANT.id,
            department: null,
            variables: { secret: 'GEHEIM-DATA' },
          },
          APPLICANT,
        );
      },
      /** Resolves when the task after the service is there. */
      async done(caseId: string) {
        while ((await store.listTasksOfCase(caseId)).length === 0) await new Promise<void>((go) => ends.push(go));
      },
    };
  }

  it('is done once, also when the hint comes many times', async () => {
    const { start, done, store } = await twoNodes();
    const again = new Queue('wake-ups', redis!.url, { prefix: `{onevisit:${space}}` });
    const { id } = await start('PT0.3S');
    const at = await store.nextJobAt();
    for (let copy = 0; copy < 20; copy++)
      await again.add({ job: 'x' }, { delay: at! - Date.now(), jobId: `copy-${copy}` });
    await done(id);
    await again.close();
    expect(called).toHaveLength(1);
    const history = await store.listEvents(id, 0, 100);
    expect(history.filter(({ type, node }) => type === 'element.completed' && node === 'call')).toHaveLength(1);
  });

  it.each([
    ['emptied', async () => redis!.flush()],
    ['killed and empty when it comes back', async () => redis!.kill().then(() => redis!.boot())],
  ])('is done although Redis was %s', async (_how, harm) => {
    const { start, done } = await twoNodes();
    const { id } = await start('PT1S');
    while (!(await redis!.contents()).includes(id));
    await harm();
    expect(await redis!.contents()).not.toContain(id);
    await done(id);
    expect(called).toHaveLength(1);
  });

  it('is named in Redis by its id, and nothing of its case is there', async () => {
    const { start, done } = await twoNodes();
    const { id } = await start('PT0.5S');
    let contents = '';
    while (!contents.includes(id)) contents = await redis!.contents();
    await done(id);
    contents += await redis!.contents();
    expect(contents).not.toMatch(/GEHEIM|applicant|count/i);
  });
});
