import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../engine/kernel/clock.ts';
import type { Store } from '../../engine/store/ports.ts';
import { isFirstOfNodes } from '../first-of-nodes.ts';

export const SESSION_COOKIE = 'onevisit_session';
/** 12 hours, in ms: one working day and a little. */
export const SESSION_MS = 12 * 3_600_000;

/** Signed sessions: who, until when. Nothing is kept on the server, so any node can read them. */
export interface Sessions {
  sign(personId: string): string;
  /** The person of a cookie that is ours and has not expired. */
  read(cookie: string | undefined): string | undefined;
  /** The API token that belongs to a name, derived from the secret: it can be shown again and is stored nowhere. */
  derivedToken(name: string): string;
}

/** Person, and the instant it ends (ms). */
interface Claim {
  p: string;
  e: number;
}

/** How long one node waits for another that is just making the secret. */
const PATIENCE_MS = 5_000;
const MOST_CHECKED = 10_000;

export function createSessions(secret: Buffer, clock: Clock): Sessions {
  /** Cookies whose signature was checked before, with what they claim. */
  const checked = new Map<string, Claim>();
  const mac = (text: string) => createHmac('sha256', secret).update(text).digest();
  return {
    sign(personId) {
      const claim = Buffer.from(JSON.stringify({ p: personId, e: clock.now() + SESSION_MS })).toString('base64url');
      return `${claim}.${mac(`session:${claim}`).toString('base64url')}`;
    },
    read(cookie) {
      if (!cookie) return undefined;
      const claim = checked.get(cookie) ?? check(cookie);
      return claim && claim.e > clock.now() ? claim.p : undefined;
    },
    derivedToken: (name) => `ovt_${mac(`token:${name}`).toString('base64url').slice(0, 32)}`,
  };

  function check(cookie: string): Claim | undefined {
    const [claim, signature, rest] = cookie.split('.');
    if (!claim || !signature || rest !== undefined) return undefined;
    const given = Buffer.from(signature, 'base64url');
    const expected = mac(`session:${claim}`);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
    const read = JSON.parse(Buffer.from(claim, 'base64url').toString('utf8')) as Claim;
    if (checked.size >= MOST_CHECKED) checked.clear();
    checked.set(cookie, read);
    return read;
  }
}

/** The secret of this installation: configured, else made at the first start and kept beside the data. */
export async function sessionSecret(store: Store, configured: string | undefined): Promise<Buffer> {
  if (configured) return Buffer.from(configured, 'utf8');
  const kept = async () => {
    const document = await store.getDocument('settings', 'session-secret');
    return typeof document?.secret === 'string' ? Buffer.from(document.secret, 'base64url') : undefined;
  };
  const isThere = async () => (await kept()) !== undefined;
  const known =
    (await kept()) ??
    ((await isFirstOfNodes(store, 'session secret', isThere, PATIENCE_MS)) ? undefined : await kept());
  if (known) return known;
  const secret = randomBytes(32);
  await store.putDocument('settings', 'session-secret', { secret: secret.toString('base64url') });
  return secret;
}
