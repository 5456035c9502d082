import { HttpProblem } from '../../http/http-problem.ts';
import { rateLimit } from '../../http/rate-limit.ts';
import { SESSION_COOKIE, SESSION_MS } from '../../http/sessions.ts';
import type { House } from '../../house.ts';
import { created, nothing, ok } from '../reply.ts';
import { presentSession } from './present.ts';
import { Session, SignIn } from './schema.ts';
import { route } from '../../http/route.ts';

/** Per client address. Generous: a whole office may sit behind one. */
const limitSignIn = rateLimit(120, 60);

function sessionCookie(house: House, value: string, ms: number): Record<string, string> {
  const secure = house.config.publicUrl?.startsWith('https:') ? '; Secure' : '';
  return { 'Set-Cookie': `${SESSION_COOKIE}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${ms / 1000}${secure}` };
}

export const sessionRoutes = [
  route({
    method: 'get',
    path: '/session',
    operationId: 'getSession',
    summary: 'Who am I',
    description: 'The person behind the session cookie or the API token, and what they may do; null for nobody.',
    permission: 'anyone',
    responses: { 200: Session },
    handler: ({ viewer }, house) => ok(presentSession(house, viewer)),
  }),
  route({
    method: 'post',
    path: '/session',
    operationId: 'signIn',
    summary: 'Sign in by role card',
    description: 'Sets the session cookie. Only in demo mode: production signs in elsewhere.',
    permission: 'anyone',
    body: SignIn,
    responses: { 201: Session },
    problems: [404, 429],
    handler: async ({ body, client }, house) => {
      if (house.config.mode !== 'demo') throw new HttpProblem(404, 'session.demo_only');
      await limitSignIn(client);
      const person = house.directory.findPerson(body.person);
      if (!person) throw new HttpProblem(404, 'session.no_such_person');
      return {
        ...created(presentSession(house, person)),
        headers: sessionCookie(house, house.sessions.sign(person.id), SESSION_MS),
      };
    },
  }),
  route({
    method: 'delete',
    path: '/session',
    operationId: 'signOut',
    summary: 'Sign out',
    description: 'Clears the session cookie.',
    permission: 'anyone',
    responses: { 204: null },
    handler: (_request, house) => ({ ...nothing(), headers: sessionCookie(house, '', 0) }),
  }),
];
