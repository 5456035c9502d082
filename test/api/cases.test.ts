import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isCaseNumber } from '../../processes/casework/index.ts';
import { brokenChain } from '../durability/chain.ts';
import { closeCities, openCity, type Answer, type City } from './support/city.ts';
import { APPLY, OPINION, TWO_DESKS } from './support/models.ts';

const HOME = { definition: 'two-desks', data: { houseAddress: '平山区 1 号', price: 460000.5 } };

let city: City;
beforeAll(async () => {
  city = await openCity();
  const published = await city.publish(TWO_DESKS, [APPLY, OPINION]);
  expect(published.body.findings).toEqual([]);
});
afterAll(closeCities);

const start = (more: object = {}): Promise<Answer> => city.as('applicant-chen').post('/cases', { ...HOME, ...more });

describe('an applicant starts a case', () => {
  it('with a number whose check character fits, a title and a promise', async () => {
    const answer = await start();
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      title: '两个窗口 · 陈买房',
      definition: { id: 'two-desks:1', key: 'two-desks', version: 1, name: '两个窗口' },
      status: 'active',
      light: 'green',
      applicant: { id: 'applicant-chen', name: '陈买房' },
      startedAt: '2026-03-02T09:00:00.000+08:00',
      provisional: false,
      remaining: { workingDays: 5, text: { zh: '剩余 5 个工作日', en: '5 working days left' } },
      can: { cancel: true, repair: false },
    });
    expect(answer.body.number).toMatch(/^210500-20260302-\d{6}-[0-9A-Z]$/);
    expect(isCaseNumber(answer.body.number)).toBe(true);
  });

  it('and is told every field that is wrong', async () => {
    const answer = await start({ data: { price: -1, invented: true } });
    expect(answer.status).toBe(422);
    expect(answer.body.code).toBe('form.invalid');
    expect(
      answer.body.errors.map((line: { pointer: string; code: string }) => [line.pointer, line.code]).sort(),
    ).toEqual([
      ['/houseAddress', 'field.required'],
      ['/invented', 'field.unknown'],
      ['/price', 'field.too_small'],
    ]);
    expect(answer.body.errors.find((line: { pointer: string }) => line.pointer === '/houseAddress').detail).toBe(
      '请填写坐落',
    );
  });

  it('of a process that exists', async () => {
    const answer = await start({ definition: 'no-such' });
    expect([answer.status, answer.body.code]).toEqual([404, 'item.not_found']);
  });
});

describe('a case is seen', () => {
  it('by its applicant, its departments, supervisors and designers, and by nobody else', async () => {
    const { id } = (await start()).body;
    const seen = async (person: string) => (await city.as(person).get(`/cases/${id}`)).status;
    expect(await seen('applicant-chen')).toBe(200);
    expect(await seen('handler-li')).toBe(200);
    expect(await seen('handler-wang')).toBe(200);
    expect(await seen('supervisor-feng')).toBe(200);
    expect(await seen('designer-ding')).toBe(200);
    expect(await seen('applicant-chu')).toBe(404);
    expect(await seen('handler-qian')).toBe(404);
    expect(await seen('integrator-wei')).toBe(403);
    for (const part of ['history', 'diagram'])
      expect((await city.as('applicant-chu').get(`/cases/${id}/${part}`)).body.code).toBe('case.not_found');
    const cancelled = await city.as('applicant-chu').post(`/cases/${id}/cancel`, { reason: '不是我的' });
    expect(cancelled.body.code).toBe('case.not_found');
  });

  it('in lists under the same rule', async () => {
    const { id } = (await start()).body;
    const listed = async (person: string) =>
      (await city.as(person).get('/cases?limit=100')).body.items.some((item: { id: string }) => item.id === id);
    expect(await listed('applicant-chen')).toBe(true);
    expect(await listed('handler-li')).toBe(true);
    expect(await listed('supervisor-feng')).toBe(true);
    expect(await listed('applicant-chu')).toBe(false);
    expect(await listed('handler-qian')).toBe(false);
  });

  it('by its applicant without what departments note among themselves', async () => {
    const { id } = (await start()).body;
    await complete(id, 'tax', 'handler-li', { taxResult: 'assessed', taxOpinion: '仅内部可见' });
    const handler = (await city.as('handler-wang').get(`/cases/${id}`)).body;
    expect(handler.variables).toMatchObject({ taxOpinion: '仅内部可见', houseAddress: '平山区 1 号' });
    const applicant = await city.as('applicant-chen').get(`/cases/${id}`);
    expect(applicant.body.variables).toEqual({ houseAddress: '平山区 1 号', price: 460000.5 });
    const history = await city.as('applicant-chen').get(`/cases/${id}/history`);
    expect(JSON.stringify([applicant.body, history.body])).not.toContain('仅内部可见');
    expect(JSON.stringify((await city.as('handler-li').get(`/cases/${id}/history`)).body)).toContain('仅内部可见');
  });
});

describe('the list of cases', () => {
  it('comes in pages without gaps or repeats, newest first', async () => {
    for (let i = 0; i < 5; i++) await start();
    const all = (await city.as('applicant-chen').get('/cases?limit=100')).body.items.map(
      (row: { id: string }) => row.id,
    );
    const paged: string[] = [];
    let cursor = '';
    do {
      const page = (await city.as('applicant-chen').get(`/cases?limit=2${cursor}`)).body;
      expect(page.items.length).toBeLessThanOrEqual(2);
      paged.push(...page.items.map((row: { id: string }) => row.id));
      cursor = page.next === null ? '' : `&cursor=${page.next}`;
    } while (cursor);
    expect(paged).toEqual(all);
  });

  it('finds by number, title, status and light', async () => {
    const { id, number } = (await start({ title: '河畔小区 7 号' })).body;
    const found = async (query: string) =>
      (await city.as('applicant-chen').get(`/cases?${query}`)).body.items.map((row: { id: string }) => row.id);
    expect(await found(`text=${number}`)).toEqual([id]);
    expect(await found(`text=${encodeURIComponent('河畔')}`)).toEqual([id]);
    expect(await found('light=green&limit=1')).toHaveLength(1);
    expect(await found('light=red')).toEqual([]);
    expect(await found('status=cancelled')).toEqual([]);
  });

  it.each(['cursor=nonsense', 'cursor=WzFd', 'limit=0', 'limit=101', 'light=blue'])('refuses %s', async (query) => {
    expect((await city.as('applicant-chen').get(`/cases?${query}`)).status).toBe(422);
  });
});

describe('the history of a case', () => {
  it('tells in plain words, in both languages, and proves itself', async () => {
    const { id } = (await start()).body;
    await complete(id, 'tax', 'handler-li', { taxResult: 'assessed' });
    const { items, chain, next } = (await city.as('supervisor-feng').get(`/cases/${id}/history`)).body;
    const texts = items.map((item: { text: { zh: string } }) => item.text.zh);
    expect(texts).toEqual(
      expect.arrayContaining(['陈买房提交申请，办件开始办理', '李税收认领“核税”', '李税收办结“核税”']),
    );
    expect(items.map((item: { seq: number }) => item.seq)).toEqual(items.map((_: unknown, i: number) => i + 1));
    expect(items.find((item: { type: string }) => item.type === 'task.claimed').text.en).toBe('李税收 claimed “核税”');
    expect([chain, next]).toEqual([{ verified: true }, null]);
  });

  it('gives an official all that it takes to recompute its hashes', async () => {
    const { id } = (await start()).body;
    await complete(id, 'tax', 'handler-li', { taxResult: 'assessed' });
    const { items } = (await city.as('supervisor-feng').get(`/cases/${id}/history`)).body;
    expect(items.some(({ data }: { data: object }) => Object.keys(data).length > 0)).toBe(true);
    expect(brokenChain(id, items)).toBeUndefined();
    expect(brokenChain(id, [{ ...items[0], actor: { id: 'someone-else' } }])).toMatch(/event 1/);
  });

  it('comes in pages', async () => {
    const { id } = (await start()).body;
    const first = (await city.as('supervisor-feng').get(`/cases/${id}/history?limit=2`)).body;
    expect(first.items).toHaveLength(2);
    const second = (await city.as('supervisor-feng').get(`/cases/${id}/history?limit=2&cursor=${first.next}`)).body;
    expect(second.items[0].seq).toBe(3);
  });

  it('says so when an event was changed behind its back', async () => {
    const { id } = (await start()).body;
    const listEvents = city.house.store.listEvents.bind(city.house.store);
    city.house.store.listEvents = async (...query) => {
      const events = await listEvents(...query);
      return events.map((event) => (event.seq === 1 ? { ...event, actor: 'someone-else' } : event));
    };
    try {
      expect((await city.as('supervisor-feng').get(`/cases/${id}/history`)).body.chain).toEqual({ verified: false });
    } finally {
      city.house.store.listEvents = listEvents;
    }
  });

  it('proves itself while the case goes on between two reads, and not with events that the case does not name', async () => {
    const { id } = (await start()).body;
    const { store } = city.house;
    const listEvents = store.listEvents.bind(store);
    const proof = async () => (await city.as('supervisor-feng').get(`/cases/${id}/history`)).body.chain.verified;
    let went = false;
    let before: Awaited<ReturnType<typeof listEvents>> = [];
    store.listEvents = async (...query) => {
      before = await listEvents(...query);
      if (!went) await complete(id, 'tax', 'handler-li', { taxResult: 'assessed' });
      went = true;
      return listEvents(...query);
    };
    const findCase = store.findCase.bind(store);
    try {
      expect(await proof()).toBe(true);
      const { prevHash } = before.at(-1)!;
      store.findCase = async (...query) => {
        const row = await findCase(...query);
        return row && { ...row, lastSeq: before.length - 1, lastHash: prevHash };
      };
      expect(await proof()).toBe(false);
    } finally {
      Object.assign(store, { listEvents, findCase });
    }
  });

  it('says so when its end was cut off', async () => {
    const { id } = (await start()).body;
    const listEvents = city.house.store.listEvents.bind(city.house.store);
    city.house.store.listEvents = async (...query) => (await listEvents(...query)).slice(0, -1);
    try {
      expect((await city.as('supervisor-feng').get(`/cases/${id}/history`)).body.chain).toEqual({ verified: false });
    } finally {
      city.house.store.listEvents = listEvents;
    }
  });
});

describe('the picture of a case', () => {
  it('shows where it waits, with light and department, and what it passed', async () => {
    const { id } = (await start()).body;
    await complete(id, 'tax', 'handler-li', { taxResult: 'assessed' });
    const { xml, tokens, completed, flows } = (await city.as('supervisor-feng').get(`/cases/${id}/diagram`)).body;
    expect(xml).toBe(TWO_DESKS);
    expect(tokens).toEqual([
      expect.objectContaining({
        element: 'trade',
        name: '网签核验',
        wait: 'task',
        light: 'yellow',
        count: 1,
        department: { id: 'housing', name: '住房和城乡建设局' },
      }),
    ]);
    expect(completed).toEqual(expect.arrayContaining(['apply', 'split', 'tax']));
    expect(completed).not.toContain('trade');
    expect(flows).toEqual(expect.arrayContaining(['apply-split', 'split-tax', 'split-trade', 'tax-join']));
    expect(flows).not.toContain('join-done');
  });

  it('turns yellow and red as time passes', async () => {
    const later = await openCity();
    await later.publish(TWO_DESKS, [APPLY, OPINION]);
    const { id } = (await later.as('applicant-chen').post('/cases', HOME)).body;
    const lights = async () => {
      const { tokens } = (await later.as('supervisor-feng').get(`/cases/${id}/diagram`)).body;
      return Object.fromEntries(
        tokens.map((token: { element: string; light: string }) => [token.element, token.light]),
      );
    };
    later.clock.set(Date.parse('2026-03-03T10:00:00+08:00'));
    expect(await lights()).toEqual({ tax: 'yellow', trade: 'yellow' });
    later.clock.set(Date.parse('2026-03-04T10:00:00+08:00'));
    expect(await lights()).toEqual({ tax: 'yellow', trade: 'red' });
    const row = (await later.as('applicant-chen').get(`/cases/${id}`)).body;
    expect(row.tasks.map((task: { remaining: { text: { zh: string } } }) => task.remaining.text.zh).sort()).toEqual([
      '今日到期',
      '超期 1 个工作日',
    ]);
  });
});

describe('cancelling a case', () => {
  it('is for its applicant, with a reason that is kept', async () => {
    const { id } = (await start()).body;
    expect((await city.as('applicant-chen').post(`/cases/${id}/cancel`, { reason: '  ' })).status).toBe(422);
    const answer = await city.as('applicant-chen').post(`/cases/${id}/cancel`, { reason: '不买了' });
    expect(answer.body).toMatchObject({
      status: 'cancelled',
      light: null,
      remaining: null,
      can: { cancel: false, repair: false },
    });
    const { items } = (await city.as('applicant-chen').get(`/cases/${id}/history`)).body;
    expect(items.at(-1).text.zh).toBe('陈买房撤销办件，原因：不买了');
    const again = await city.as('applicant-chen').post(`/cases/${id}/cancel`, { reason: '再撤一次' });
    expect([again.status, again.body.code]).toEqual([409, 'case.closed']);
    const { tasks } = (await city.as('handler-li').get(`/cases/${id}`)).body;
    expect(tasks.map((task: { status: string }) => task.status)).toEqual(['cancelled', 'cancelled']);
  });

  it('is not for handlers', async () => {
    const { id } = (await start()).body;
    expect((await city.as('handler-li').get(`/cases/${id}`)).body.can).toEqual({ cancel: false, repair: false });
    expect((await city.as('handler-li').post(`/cases/${id}/cancel`, { reason: '不想办' })).status).toBe(403);
  });
});

async function complete(caseId: string, element: string, person: string, data: object): Promise<void> {
  const { tasks } = (await city.as(person).get(`/cases/${caseId}`)).body;
  const task = tasks.find((each: { element: string }) => each.element === element);
  expect((await city.as(person).post(`/tasks/${task.id}/claim`)).status).toBe(200);
  expect((await city.as(person).post(`/tasks/${task.id}/complete`, { data })).status).toBe(200);
}
