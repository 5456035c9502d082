import { resolve } from 'node:path';
import { unfitTogether } from './configuration/combinations.ts';
import { unfitForProduction } from './configuration/production.ts';
import { unknownNames } from './configuration/unknown-names.ts';
import type { Variable } from './configuration/variable.ts';
import { VARIABLES, type Role, type Values } from './configuration/variables.ts';

export interface Config {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  readonly mongodbUri: string | undefined;
  readonly redisUrl: string | undefined;
  readonly mode: 'demo' | 'production';
  /** At least one. */
  readonly roles: readonly Role[];
  readonly region: string;
  readonly secret: string | undefined;
  /** Folder of departments and people; undefined: the demo city. */
  readonly directory: string | undefined;
  readonly httpHosts: readonly string[];
  /** Where notices are sent; undefined: to the message catcher in demo mode, nowhere in production. */
  readonly noticeUrl: string | undefined;
  readonly noticeToken: string | undefined;
  readonly strict: boolean;
  readonly publicUrl: string | undefined;
  /** Proxies in front whose word about the client's address is believed. */
  readonly proxies: number;
  readonly logLevel: string;
  /** Who shows it may read the metrics; undefined: only this machine. */
  readonly metricsToken: string | undefined;
  /** After being told to stop: how long requests are still taken, while readiness says no; seconds. */
  readonly drainSeconds: number;
  /** Then: how long requests and jobs under way may take; seconds. */
  readonly stopSeconds: number;
}

/**
 * Reads the environment. Throws one Error that lists everything that is wrong, so that it is mended in one go: the name,
 * what was expected, what was given (never a secret). An empty variable is one that is not set.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const { values, wrong } = readValues(environment);
  wrong.push(...unfitTogether(values));
  if (environment.ONEVISIT_MODE === 'production') wrong.push(...unfitForProduction(values));
  wrong.push(...unknownNames(environment));
  if (!isComplete(values) || wrong.length > 0)
    throw new Error(`The configuration cannot be used (docs/configuration.md):\n  ${wrong.join('\n  ')}`);
  return {
    port: values.PORT,
    host: values.HOST,
    dataDir: resolve(values.ONEVISIT_DATA),
    mongodbUri: values.MONGODB_URI,
    redisUrl: values.REDIS_URL,
    mode: values.ONEVISIT_MODE,
    roles: values.ONEVISIT_ROLES,
    region: values.ONEVISIT_REGION,
    secret: values.ONEVISIT_SECRET,
    directory: values.ONEVISIT_DIRECTORY && resolve(values.ONEVISIT_DIRECTORY),
    httpHosts: values.ONEVISIT_HTTP_HOSTS,
    noticeUrl: values.ONEVISIT_NOTICE_URL,
    noticeToken: values.ONEVISIT_NOTICE_TOKEN,
    strict: values.ONEVISIT_STRICT,
    publicUrl: values.PUBLIC_URL,
    proxies: proxiesOf(values),
    logLevel: values.LOG_LEVEL,
    metricsToken: values.ONEVISIT_METRICS_TOKEN,
    drainSeconds: values.ONEVISIT_DRAIN_SECONDS,
    stopSeconds: values.ONEVISIT_STOP_SECONDS,
  };
}

/** Who says under which address the server is reached has something in front of it. */
function proxiesOf({ ONEVISIT_PROXIES: proxies, PUBLIC_URL: address }: Values): number {
  return proxies ?? (address === undefined ? 0 : 1);
}

/** Those that are right by themselves, and a sentence about each of the others. */
function readValues(environment: Readonly<Record<string, string | undefined>>) {
  const values: Record<string, unknown> = {};
  const wrong: string[] = [];
  for (const [name, variable] of Object.entries<Variable>(VARIABLES)) {
    const given = environment[name] || undefined;
    const parsed = variable.schema.safeParse(given);
    if (parsed.success) values[name] = parsed.data;
    else wrong.push(`${name}: expected ${variable.expected}; ${shown(variable, given!)}`);
  }
  return { values: values as Partial<Values>, wrong };
}

function isComplete(values: Partial<Values>): values is Values {
  return Object.keys(VARIABLES).every((name) => name in values);
}

function shown({ secret }: Variable, given: string): string {
  return secret ? 'what was given is not shown' : `given ${JSON.stringify(given.slice(0, 200))}`;
}
