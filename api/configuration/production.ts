import { resolve } from 'node:path';
import { DEMO_CITY } from '../../processes/directory/index.ts';
import type { Values } from './variables.ts';

const DEFAULT_SECRETS = new Set(['secret', 'changeme', 'change-me', 'password', 'default', 'onevisit']);

/** What production refuses: one sentence for each; empty when nothing is wrong. A variable that is wrong by itself is absent. */
export function unfitForProduction(values: Partial<Values>): string[] {
  return [
    ...('ONEVISIT_SECRET' in values ? unfitSecret(values.ONEVISIT_SECRET) : []),
    ...('PUBLIC_URL' in values ? unfitAddress(values.PUBLIC_URL) : []),
    ...(values.ONEVISIT_PROXIES === 0
      ? ['ONEVISIT_PROXIES: this server speaks plain http; production needs the proxy that brings https, at least 1']
      : []),
    ...('ONEVISIT_DIRECTORY' in values ? unfitDirectory(values.ONEVISIT_DIRECTORY) : []),
  ];
}

function unfitSecret(secret: string | undefined): string[] {
  if (secret === undefined) return ['ONEVISIT_SECRET: production needs a secret of its own, at least 32 characters'];
  if (secret.length < 32 || DEFAULT_SECRETS.has(secret.toLowerCase()) || new Set(secret).size < 8)
    return ['ONEVISIT_SECRET: this one can be guessed; production needs at least 32 random characters'];
  return [];
}

function unfitAddress(address: string | undefined): string[] {
  if (address?.startsWith('https:')) return [];
  const given = address === undefined ? 'none is given' : `given ${JSON.stringify(address)}`;
  return [`PUBLIC_URL: production needs the https address that a proxy serves this server under; ${given}`];
}

function unfitDirectory(folder: string | undefined): string[] {
  if (folder !== undefined && resolve(folder) !== resolve(DEMO_CITY)) return [];
  return ['ONEVISIT_DIRECTORY: production needs a directory of its own; the people of the demo city are refused'];
}
