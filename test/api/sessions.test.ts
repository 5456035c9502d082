import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ROLES } from '../../processes/directory/index.ts';
import { createApiToken, listApiTokens, revokeApiToken, tokenDocuments } from '../../api/http/api-tokens.ts';
import { callerOf, closeCities, openCity, type City } from './support/city.ts';
import { PRODUCTION } from './support/production.ts';

const HOUR = 3_600_000;
let city: City;
beforeAll(async () => {
  city = await openCity();
});
afterAll(closeCities);

const NOTHING = {
  deploy: false,
  startCase: false,
  handleTasks: false,
  supervise: false,
  retryIncidents: false,
  loadCalendars: false,
  integrate: false,
};

describe('signing in by role card', () => {
  it('shows the cards to everybody', async () => {
    const { status, body } = await city.nobody.get('/demo/people');
    expect(status).toBe(200);
    expect(new Set(body.map((person: { role: string }) => person.role))).toEqual(new Set(ROLES));
    expect(body.every((person: { description: string }) => person.description.length > 0)).toBe(true);
  });

  it('sets a cookie that scripts cannot read, and says what the person may do', async () => {
    const answer = await city.nobody.post('/session', { person: 'handler-wu' });
    expect(answer.status).toBe(201);
    const cookie = answer.headers.getSetCookie()[0]!;
    expect(cookie).toMatch(/^onevisit_session=[\w.-]+; Path=\/; HttpOnly; SameSite=Lax; Max-Age=43200$/);
    const me = (await callerOf(city.address, { cookie: cookie.split(';')[0]! }).get('/session')).body;
    expect(me.user).toMatchObject({
      id: 'handler-wu',
      role: 'handler',
      departments: [{ id: 'civil-defence', name: '人民防空办公室' }, { id: 'archives' }],
    });
    expect(me.can).toEqual({ ...NOTHING, startCase: true, handleTasks: true });
  });

  it('is over after signing out, and after half a day', async () => {
    expect((await city.as('handler-li').delete('/session')).headers.getSetCookie()[0]).toContain('Max-Age=0');
    const caller = city.as('handler-li');
    expect((await caller.get('/session')).body.user.id).toBe('handler-li');
    city.clock.advance(12 * 3_600_000 + 1);
    expect((await caller.get('/session')).body).toEqual({ user: null, can: NOTHING });
  });

  it('refuses someone who does not exist', async () => {
    const answer = await city.nobody.post('/session', { person: 'nobody' });
    expect([answer.status, answer.body.code]).toEqual([404, 'session.no_such_person']);
  });

  it('takes no cookie that was made elsewhere', async () => {
    const good = city.house.sessions.sign('designer-ding');
    const [claim, signature] = good.split('.');
    const other = Buffer.from(JSON.stringify({ p: 'designer-ding', e: 9e15 })).toString('base64url');
    for (const forged of [`${other}.${signature}`, `${claim}.AAAA`, claim!, '', '.', `${good}.x`]) {
      const me = await callerOf(city.address, { cookie: `onevisit_session=${forged}` }).get('/session');
      expect([me.status, me.body.user]).toEqual([200, null]);
    }
  });

  it('is slowed down for one address', async () => {
    const crowded = await openCity();
    const statuses: number[] = [];
    for (let i = 0; i < 140; i++) statuses.push((await crowded.nobody.post('/session', { person: 'nobody' })).status);
    expect(statuses).toContain(429);
  });
});

describe('an API token', () => {
  it('acts as its person', async () => {
    const integrator = callerOf(city.address, { authorization: `Bearer ${city.integratorToken}` });
    expect((await integrator.get('/session')).body).toMatchObject({
      user: { id: 'integrator-wei' },
      can: { integrate: true },
    });
  });

  it('acts as nobody once it has expired or was revoked, and is kept as its digest only', async () => {
    const documents = tokenDocuments(city.house.store);
    const now = city.house.engine.now();
    const token = await createApiToken(documents, { person: 'handler-li', label: '接口', expiresAt: now + HOUR });
    const session = async () =>
      (await callerOf(city.address, { authorization: `Bearer ${token}` }).get('/session')).status;
    expect(await session()).toBe(200);
    city.clock.advance(HOUR);
    expect(await session()).toBe(401);

    const other = await createApiToken(documents, { person: 'handler-li' });
    const bearer = callerOf(city.address, { authorization: `Bearer ${other}` });
    expect((await bearer.get('/session')).body.user.departments).toMatchObject([{ id: 'tax' }]);
    const listed = await listApiTokens(documents);
    expect(JSON.stringify([listed, await documents.list()])).not.toContain(other.slice(4));
    const { id } = listed.find(({ person, label }) => person === 'handler-li' && label === undefined)!;
    expect(await revokeApiToken(documents, 'none', now)).toBe(false);
    expect(await revokeApiToken(documents, id, now)).toBe(true);
    expect((await bearer.get('/session')).status).toBe(401);
    expect((await listApiTokens(documents)).find((one) => one.id === id)).toMatchObject({ revokedAt: now });
  });

  it.each(['Bearer ovt_wrong', 'Bearer', 'Basic YTpi', `Bearer ${'x'.repeat(5_000)}`])(
    '"%s" is refused, not ignored',
    async (authorization) => {
      const answer = await callerOf(city.address, { authorization }).get('/session');
      expect([answer.status, answer.body.code]).toEqual([401, 'session.token_invalid']);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    },
  );
});

describe('production', () => {
  it('has no role cards', async () => {
    const real = await openCity(PRODUCTION);
    expect((await real.nobody.get('/demo/people')).body.code).toBe('demo.not_demo');
    expect((await real.nobody.post('/session', { person: 'designer-ding' })).body.code).toBe('session.demo_only');
    expect((await real.nobody.get('/status')).body).toMatchObject({ mode: 'production', dataDir: null });
  });
});
