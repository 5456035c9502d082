import { createHash, timingSafeEqual } from 'node:crypto';
import type { Context } from 'koa';

const FORWARDED = ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'];

/**
 * Who may read the metrics. With a token: who shows it, from anywhere. Without: only this machine itself, and not through
 * a proxy on it, behind which everybody would look like this machine.
 */
export function mayReadMetrics(ctx: Context, token: string | undefined): boolean {
  if (token === undefined) return isLoopback(ctx.req.socket.remoteAddress) && !FORWARDED.some((name) => ctx.get(name));
  const shown = /^Bearer +(\S+)$/i.exec(ctx.get('authorization'))?.[1] ?? '';
  return timingSafeEqual(digest(shown), digest(token));
}

function isLoopback(address = ''): boolean {
  return /^(::ffff:)?127\./.test(address) || address === '::1';
}

const digest = (text: string) => createHash('sha256').update(text).digest();
