import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bpmn, chain } from '../support/bpmn.ts';
import { closeCities, openCity, type City } from './support/city.ts';
import { APPLY, OPINION, TWO_DESKS } from './support/models.ts';

const HOME = { definition: 'two-desks', data: { houseAddress: '平山区 1 号', price: 460000 } };
const NEXT = TWO_DESKS.replaceAll('"tax"', '"assess"')
  .replaceAll('split-tax', 'split-assess')
  .replaceAll('tax-join', 'assess-join')
  .replace('ov:department="assess"', 'ov:department="tax"')
  .replace('name="核税"', 'name="核定税额"')
  .replace('ov:promise="2"', 'ov:promise="1"');

let city: City;
beforeAll(async () => {
  city = await openCity();
});
afterAll(closeCities);

async function start(): Promise<string> {
  await city.publish(TWO_DESKS, [APPLY, OPINION]);
  return (await city.as('applicant-chen').post('/cases', HOME)).body.id;
}

const feng = () => city.as('supervisor-feng');
const waiting = async (id: string) =>
  (await feng().get(`/cases/${id}`)).body.tasks
    .filter((task: { status: string }) => task.status === 'open' || task.status === 'claimed')
    .map((task: { element: string }) => task.element)
    .sort();

describe('moving a case by hand', () => {
  it('is offered to those who may, with where it stands and where it can go', async () => {
    const id = await start();
    expect((await feng().get(`/cases/${id}`)).body.can).toEqual({ cancel: true, repair: true });
    expect((await city.as('handler-li').get(`/cases/${id}`)).body.can.repair).toBe(false);
    const { at, targets } = (await feng().get(`/cases/${id}/modification`)).body;
    expect(at).toEqual([
      { element: 'tax', name: '核税', kind: 'userTask', tokens: 1 },
      { element: 'trade', name: '网签核验', kind: 'userTask', tokens: 1 },
    ]);
    expect(targets.map((target: { name: string }) => target.name)).toEqual(
      expect.arrayContaining(['提交申请', '核税', '网签核验', '办结']),
    );
  });

  it('is shown before it is done', async () => {
    const id = await start();
    const operations = [{ do: 'move', from: 'tax', to: 'join' }];
    const before = (await feng().get(`/cases/${id}`)).body;
    const preview = await feng().post(`/cases/${id}/modification/preview`, { operations });
    expect(preview.body).toMatchObject({
      cancelled: [{ element: 'tax', name: '核税', count: 1 }],
      reached: [],
      incidents: 0,
      ends: false,
    });
    expect((await feng().get(`/cases/${id}`)).body).toEqual(before);
  });

  it('tells before, and in the history, that its clock goes on past a milestone, or stays', async () => {
    const permit = bpmn(
      `<startEvent id="s"/><userTask id="accept" name="受理" ov:milestone="accepted"/><userTask id="review" name="审查" ov:milestone="decided"/>
       <userTask id="deliver" name="发证" ov:milestone="delivered"/><userTask id="file" name="归档"/><endEvent id="e"/>${chain('s', 'accept', 'review', 'deliver', 'file', 'e')}`,
      { id: 'permit', processAttrs: 'ov:promise="10" ov:department="tax"' },
    );
    await city.publish(permit);
    const { id } = (await city.as('applicant-chen').post('/cases', { definition: 'permit' })).body;
    const operations = [{ do: 'move', from: 'accept', to: 'deliver' }];
    const notesTo = async (to: string) => {
      const trial = { operations: [{ do: 'move', from: 'accept', to }] };
      return (await feng().post(`/cases/${id}/modification/preview`, trial)).body.notes;
    };
    expect(await notesTo('deliver')).toEqual([
      {
        code: 'clock_follows',
        text: { zh: '计时由“受理审查”转为“送达”阶段。', en: 'The clock goes on from acceptance review to delivery.' },
      },
    ]);
    expect(await notesTo('file')).toMatchObject([
      { text: { zh: '流程没有说明“归档”属于哪个阶段，计时仍为“受理审查”阶段。' } },
    ]);
    await feng().post(`/cases/${id}/modification`, { operations, reason: '已在窗口办理' });
    const { items } = (await feng().get(`/cases/${id}/history`)).body;
    expect(items.map(({ text }: { text: { zh: string } }) => text.zh)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^办件已转到受理之后的环节，视同受理，办理时限自.*起算/),
        expect.stringMatching(/^办件已转到作出决定之后的环节，送达时限开始计算/),
      ]),
    );
  });

  it('moves it, and says so in the history', async () => {
    const id = await start();
    const { rev } = (await feng().get(`/cases/${id}/modification`)).body;
    const answer = await feng().post(`/cases/${id}/modification`, {
      operations: [{ do: 'move', from: 'tax', to: 'trade' }],
      reason: '核税已在窗口办理',
      rev,
    });
    expect([answer.status, answer.body.id]).toEqual([200, id]);
    expect(await waiting(id)).toEqual(['trade', 'trade']);
    const { items, chain: proof } = (await feng().get(`/cases/${id}/history`)).body;
    const entry = items.find((item: { type: string }) => item.type === 'case.modified');
    expect(entry.text).toEqual({
      zh: '冯督办调整办件环节（“核税”改为“网签核验”），原因：核税已在窗口办理',
      en: '冯督办 changed where the case stands (“核税” to “网签核验”): 核税已在窗口办理',
    });
    expect(proof).toEqual({ verified: true });
  });

  it.each([
    ['without a reason', { operations: [{ do: 'cancel', from: 'tax' }], reason: ' ' }, 422, 'request.invalid'],
    ['without an operation', { operations: [], reason: '有误' }, 422, 'request.invalid'],
    ['from nowhere', { operations: [{ do: 'move', to: 'tax' }], reason: '有误' }, 422, 'request.invalid'],
    ['to nowhere', { operations: [{ do: 'move', from: 'tax' }], reason: '有误' }, 422, 'request.invalid'],
    [
      'to what is not there',
      { operations: [{ do: 'add', to: 'moon' }], reason: '有误' },
      422,
      'modification.unknown_element',
    ],
    [
      'after it has moved on',
      { operations: [{ do: 'add', to: 'tax' }], reason: '有误', rev: 99 },
      409,
      'case.moved_on',
    ],
  ])('is refused %s', async (_, body, status, code) => {
    const id = await start();
    const answer = await feng().post(`/cases/${id}/modification`, body);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(await waiting(id)).toEqual(['tax', 'trade']);
  });

  it('says in plain words what is wrong with each operation', async () => {
    const id = await start();
    const operations = [{ do: 'move', to: 'tax' }, { do: 'move', from: 'tax' }, []];
    const answer = await feng().post(`/cases/${id}/modification`, { operations, reason: '有误' });
    expect(answer.body.errors.map(({ pointer, detail }: Record<string, string>) => [pointer, detail])).toEqual([
      ['/body/operations/0/from', '移动或取消时，请用 from 或 token 中的一个指明从哪里开始。'],
      ['/body/operations/1/to', '移动或新增时，请用 to 指明到哪个环节；取消时不写 to。'],
      ['/body/operations/2', '应为 JSON 对象'],
    ]);
  });

  it('says in words what would be left of the case', async () => {
    const id = await start();
    const operations = [
      { do: 'cancel', from: 'tax' },
      { do: 'cancel', from: 'trade' },
    ];
    const answer = await feng().post(`/cases/${id}/modification`, { operations, reason: '有误' });
    expect(answer.body).toMatchObject({
      code: 'modification.nothing_left',
      title: '调整后办件将没有任何环节；如需结束，请撤销办件。',
    });
  });

  it('is done once for one Idempotency-Key', async () => {
    const id = await start();
    const body = { operations: [{ do: 'add', to: 'tax' }], reason: '加办一次' };
    const key = { 'idempotency-key': `move-${id}` };
    await feng().post(`/cases/${id}/modification`, body, key);
    await feng().post(`/cases/${id}/modification`, body, key);
    expect(await waiting(id)).toEqual(['tax', 'tax', 'trade']);
  });
});

describe('taking a case to another version', () => {
  it('is planned, completed by a mapping, done, and told', async () => {
    const id = await start();
    await city.publish(NEXT, [APPLY, OPINION]);
    const [{ version }] = (await feng().get('/definitions/two-desks/versions')).body;
    const plan = await feng().post(`/cases/${id}/migration/plan`, { version });
    expect(plan.body.possible).toBe(false);
    expect(plan.body.elements.find((each: { element: string }) => each.element === 'tax')).toMatchObject({
      tokens: 1,
      to: null,
      problems: [{ code: 'no_target', text: { zh: '新版本中没有对应的环节。' } }],
    });
    expect(plan.body.targets).toEqual(
      expect.arrayContaining([{ element: 'assess', name: '核定税额', kind: 'userTask' }]),
    );
    const refused = await feng().post(`/cases/${id}/migration`, { version, reason: '流程修订' });
    expect([refused.status, refused.body.code]).toEqual([409, 'migration.state_would_be_lost']);

    const mapping = { tax: 'assess' };
    const better = await feng().post(`/cases/${id}/migration/plan`, { version, mapping });
    expect(better.body.possible).toBe(true);
    expect(
      better.body.elements
        .find((each: { element: string }) => each.element === 'tax')
        .notes.map((note: { text: object }) => note.text),
    ).toEqual([
      {
        zh: '时限由 2 个工作日 变为 1 个工作日，自原开始时间重新计算。',
        en: 'Its limit changes from 2 working days to 1 working day, counted from the same start.',
      },
    ]);
    const done = await feng().post(`/cases/${id}/migration`, {
      version,
      mapping,
      reason: '流程修订',
      rev: better.body.rev,
    });
    expect(done.body.definition.version).toBe(version);
    expect(await waiting(id)).toEqual(['assess', 'trade']);
    const { items } = (await feng().get(`/cases/${id}/history`)).body;
    expect(items.map((item: { text: { zh: string } }) => item.text.zh)).toEqual(
      expect.arrayContaining([
        '进入“核税”',
        `冯督办将办件由第 ${version - 1} 版迁移到第 ${version} 版，原因：流程修订`,
      ]),
    );
  });

  it('takes many at once, each with its result', async () => {
    const model = (task: string) =>
      bpmn(
        `<startEvent id="s"/><userTask id="${task}" ov:department="tax"/><userTask id="last" ov:department="tax"/><endEvent id="e"/>${chain('s', task, 'last', 'e')}`,
        { id: 'many' },
      );
    await city.publish(model('first'));
    for (let i = 0; i < 3; i++) await city.as('designer-ding').post('/cases', { definition: 'many', data: {} });
    await city.publish(model('other'));
    const body = { from: 1, to: 2, reason: '流程修订' };
    const plan = await feng().post('/definitions/many/migration-plan', { from: 1, to: 2 });
    expect(plan.body.map((each: { element: string; to: string | null }) => [each.element, each.to])).toEqual([
      ['s', 's'],
      ['first', null],
      ['last', 'last'],
      ['e', 'e'],
    ]);
    const refused = await feng().post('/definitions/many/migrations', { ...body, limit: 2 });
    expect(refused.body.items.map((item: { outcome: string; code: string }) => [item.outcome, item.code])).toEqual([
      ['refused', 'migration.state_would_be_lost'],
      ['refused', 'migration.state_would_be_lost'],
    ]);
    expect(refused.body.next).not.toBeNull();
    const done = await feng().post('/definitions/many/migrations', { ...body, mapping: { first: 'other' } });
    expect(done.body.items.map((item: { outcome: string }) => item.outcome)).toEqual([
      'migrated',
      'migrated',
      'migrated',
    ]);
    expect(done.body.next).toBeNull();
  });
});
