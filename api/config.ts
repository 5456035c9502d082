import { resolve } from 'node:path';
import { z } from 'zod';

const flag = z.enum(['0', '1', 'true', 'false']).transform((value) => value === '1' || value === 'true');

const Environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  ONEVISIT_DATA: z.string().min(1).default('./data'),
  /** Cases in MongoDB instead of the embedded store. */
  MONGODB_URI: z
    .string()
    .regex(
      /^mongodb(\+srv)?:\/\/[^/?\s]+\/[^/?\s]+(\?\S*)?$/,
      'expected mongodb://host[:port]/database, with the name of the database',
    )
    .optional(),
  ONEVISIT_MODE: z.enum(['demo', 'production']).default('demo'),
  ONEVISIT_REGION: z
    .string()
    .regex(/^\d{6}$/)
    .default('210500'),
  /** Signs sessions. Made and kept beside the data when absent. */
  ONEVISIT_SECRET: z.string().min(1).optional(),
  /** Hosts (host or host:port) that service tasks may call, separated by commas. */
  ONEVISIT_HTTP_HOSTS: z.string().default(''),
  /** Answers outside a route's declaration become errors: development and tests. */
  ONEVISIT_STRICT: flag.default(false),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('warn'),
});

export interface Config {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  readonly mongodbUri: string | undefined;
  readonly mode: 'demo' | 'production';
  readonly region: string;
  readonly secret: string | undefined;
  readonly httpHosts: readonly string[];
  readonly strict: boolean;
  readonly publicUrl: string | undefined;
  readonly logLevel: string;
}

/** Reads the environment. Throws one Error that lists everything that is wrong, so that it is mended in one go. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = Environment.safeParse(given);
  const wrong = parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  if (given.ONEVISIT_MODE === 'production') wrong.push(...unfitForProduction(given.ONEVISIT_SECRET));
  if (!parsed.success || wrong.length > 0)
    throw new Error(`The configuration cannot be used:\n  ${wrong.join('\n  ')}`);
  const { data } = parsed;
  return {
    port: data.PORT,
    host: data.HOST,
    dataDir: resolve(data.ONEVISIT_DATA),
    mongodbUri: data.MONGODB_URI,
    mode: data.ONEVISIT_MODE,
    region: data.ONEVISIT_REGION,
    secret: data.ONEVISIT_SECRET,
    httpHosts: data.ONEVISIT_HTTP_HOSTS.split(',')
      .map((host) => host.trim())
      .filter(Boolean),
    strict: data.ONEVISIT_STRICT,
    publicUrl: data.PUBLIC_URL,
    logLevel: data.LOG_LEVEL,
  };
}

const DEFAULT_SECRETS = new Set(['secret', 'changeme', 'change-me', 'password', 'default', 'onevisit']);

function unfitForProduction(secret: string | undefined): string[] {
  if (secret === undefined) return ['ONEVISIT_SECRET: production needs a secret of its own, at least 32 characters'];
  if (secret.length < 32 || DEFAULT_SECRETS.has(secret.toLowerCase()) || new Set(secret).size < 8)
    return ['ONEVISIT_SECRET: this one can be guessed; production needs at least 32 random characters'];
  return [];
}
