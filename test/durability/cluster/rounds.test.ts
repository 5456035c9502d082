import { describe, expect, it } from '@jest/globals';
import { bpmn, chain } from '../../support/bpmn.ts';
import { openCluster } from './city.ts';
import { ask, inTurns, signIn, type Answered } from './client.ts';

const ROUNDS = Number(process.env.CLUSTER_ROUNDS ?? 500);
/** So many cases at once. */
const WIDTH = 8;

const TWO_DESKS = bpmn(
  '<startEvent id="s"/><parallelGateway id="fork"/><parallelGateway id="join"/><endEvent id="e"/>' +
    '<userTask id="a" ov:department="housing"/><userTask id="b" ov:department="tax"/>' +
    chain('s', 'fork', 'a', 'join', 'e') +
    chain('fork', 'b', 'join'),
  { id: 'two-desks' },
);

interface Event {
  type: string;
  node: { id: string } | null;
}

describe(`in ${ROUNDS} rounds, each in the same millisecond on two nodes`, () => {
  it('one of two handlers gets a task and the other hears who was first; both departments complete, and their case ends once', async () => {
    const city = await openCluster({ nodes: 3 });
    if (!city) return; // said so: there is no MongoDB
    try {
      const urls = city.nodes.map(({ url }) => url);
      const [designer, wang, sun, other] = await Promise.all(
        ['designer-ding', 'handler-wang', 'handler-sun', 'handler-li'].map((id) => signIn(urls[0]!, id)),
      );
      expect((await ask(`${urls[0]}/api/definitions`, designer!, TWO_DESKS)).status).toBe(201);
      const faults: string[] = [];
      const met = { claims: 0, completions: 0 };
      const begin = Date.now();
      let rounds = 0;
      // a round in which the two did not meet counts for nothing
      await inTurns(ROUNDS * 2, WIDTH, async (round) => {
        if (Math.min(met.claims, met.completions) >= ROUNDS) return;
        rounds++;
        const at = (n: number) => urls[(round + n) % urls.length]!;
        const wrong = (what: string, ...answers: Answered[]) =>
          faults.push(
            `round ${round}: ${what}: ${answers.map(({ status, body }) => `${status} ${body.code ?? body.status}`).join(', ')}`,
          );
        const started = await ask(`${at(0)}/api/cases`, designer!, { definition: 'two-desks', data: {} });
        const { tasks } = (await ask(`${at(1)}/api/cases/${started.body.id}`, designer!)).body;
        const task = (node: string): string => tasks.find((each: { element: string }) => each.element === node).id;
        const claim = (n: number, node: string, who = wang!) => ask(`${at(n)}/api/tasks/${task(node)}/claim`, who, {});
        const complete = (n: number, node: string, who = wang!) =>
          ask(`${at(n)}/api/tasks/${task(node)}/complete`, who, { data: {} });

        const claims = await Promise.all([claim(round % 2, 'a', wang), claim(1 - (round % 2), 'a', sun)]);
        if (overlap(claims)) met.claims++;
        const won = claims.findIndex(({ status }) => status === 200);
        const lost = claims[1 - won];
        if (won < 0 || lost?.status !== 409 || lost.body.code !== 'task.already_claimed')
          return void wrong('claims', ...claims);
        const winner = won === 0 ? wang! : sun!;
        if (lost.body.details?.by?.id !== winner.id)
          wrong(`who was first, '${JSON.stringify(lost.body.details)}'`, ...claims);

        const held = await claim(2, 'b', other);
        const done = await Promise.all([complete(0, 'a', winner), complete(1, 'b', other)]);
        if (overlap(done)) met.completions++;
        if (held.status !== 200 || done.some(({ status }) => status !== 200)) wrong('completions', held, ...done);

        const { body } = await ask(`${at(2)}/api/cases/${started.body.id}/history?limit=100`, designer!);
        const times = (type: string, node?: string) =>
          (body.items as Event[]).filter((each) => each.type === type && (!node || each.node?.id === node)).length;
        const once = {
          join: times('element.completed', 'join'),
          ends: times('case.completed'),
          claims: times('task.claimed', 'a'),
        };
        if (once.join !== 1 || once.ends !== 1 || once.claims !== 1 || !body.chain.verified)
          faults.push(`round ${round}: ${JSON.stringify(once)}, chain ${body.chain.verified}`);
      });
      console.log(
        `${rounds} rounds in ${Math.round((Date.now() - begin) / 1000)} s on ${city.mongo.description}; both were under way at once in ` +
          `${met.claims} claims and ${met.completions} completions`,
      );
      expect([...city.crashes, ...faults]).toEqual([]);
      expect(met.claims).toBeGreaterThanOrEqual(ROUNDS);
      expect(met.completions).toBeGreaterThanOrEqual(ROUNDS);
    } finally {
      await city.stop();
    }
  }, 300_000);
});

/** Sent in the same millisecond, each before the other was answered. */
function overlap([one, two]: Answered[]): boolean {
  return Math.abs(one!.sent - two!.sent) < 1 && one!.sent < two!.answered && two!.sent < one!.answered;
}
