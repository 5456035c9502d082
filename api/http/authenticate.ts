import type { Context } from 'koa';
import type { House } from '../house.ts';
import type { Person } from '../../processes/directory/index.ts';
import { HttpProblem } from './http-problem.ts';
import { SESSION_COOKIE } from './sessions.ts';

/** Who asks: by API token, else by session cookie; null for nobody. A token that is not ours is refused, not ignored. */
export async function authenticate(ctx: Context, house: House): Promise<Person | null> {
  const header = ctx.get('authorization');
  if (header) {
    const token = /^Bearer +(\S{1,200})$/i.exec(header)?.[1];
    const personId = token ? await house.tokens.personOf(token, house.engine.now()) : undefined;
    const person = personId ? house.directory.findPerson(personId) : undefined;
    if (!person) throw new HttpProblem(401, 'session.token_invalid', { headers: { 'WWW-Authenticate': 'Bearer' } });
    return person;
  }
  const personId = house.sessions.read(ctx.cookies.get(SESSION_COOKIE));
  const person = personId ? house.directory.findPerson(personId) : undefined;
  if (person && ctx.method !== 'GET' && ctx.method !== 'HEAD' && ctx.get('sec-fetch-site') === 'cross-site')
    throw new HttpProblem(403, 'request.cross_site');
  return person ?? null;
}
