import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { permissions, type Role } from '../../processes/directory/index.ts';
import { routes } from '../../api/routes/index.ts';
import type { Route } from '../../api/http/route.ts';
import { closeCities, openCity, type City } from './support/city.ts';

const PEOPLE: Record<Role, string> = {
  designer: 'designer-ding',
  handler: 'handler-li',
  head: 'head-tan',
  supervisor: 'supervisor-feng',
  governmentHead: 'mayor-zhao',
  applicant: 'applicant-chen',
  integrator: 'integrator-wei',
};

let city: City;
beforeAll(async () => {
  city = await openCity();
});
afterAll(closeCities);

const guarded = routes.filter((route) => route.permission !== 'anyone');
const byRole = guarded.filter((route) => route.permission !== 'signed-in');

describe('who may ask', () => {
  it.each(guarded.map((route) => [`${route.method} ${route.path}`, route] as const))(
    '%s refuses strangers',
    async (_, route) => {
      const answer = await city.nobody.send(pathOf(route), { method: route.method });
      expect(answer.status).toBe(401);
      expect(answer.body.code).toBe('request.not_signed_in');
    },
  );

  it.each(
    byRole.flatMap((route) => rolesWithout(route).map((role) => [route.method, route.path, role, route] as const)),
  )('%s %s refuses a %s', async (_method, _path, role, route) => {
    const answer = await city.as(PEOPLE[role]).send(pathOf(route), { method: route.method });
    expect(answer.status).toBe(403);
    expect(answer.body).toMatchObject({ code: 'request.forbidden', details: { permission: route.permission } });
  });

  it('tells a stranger nothing about what else is wrong with the request', async () => {
    const answer = await city.nobody.post('/cases', { nonsense: true });
    expect(answer.status).toBe(401);
    expect(answer.body.errors).toBeUndefined();
  });

  it('has roles for every permission a route asks for', () => {
    for (const route of byRole) expect(permissions).toHaveProperty([route.permission]);
  });
});

function rolesWithout(route: Route): Role[] {
  const may = permissions[route.permission as keyof typeof permissions] as readonly Role[];
  return (Object.keys(PEOPLE) as Role[]).filter((role) => !may.includes(role));
}

function pathOf(route: Route): string {
  return route.path.replace(/:\w+/g, 'x');
}
