import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { variable } from './variable.ts';

/** What a node can be. Every node answers `/health` and `/metrics`. */
export const ROLES = ['api', 'worker'] as const;
export type Role = (typeof ROLES)[number];

/** A whole number in plain digits: no sign, no exponent, no other notation. */
const whole = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .refine((value) => value >= least && value <= most);

/** Texts between commas; blanks around them do not count. */
const list = (item: RegExp) =>
  z
    .string()
    .default('')
    .transform((text) => text.split(',').map((each) => each.trim()))
    .transform((items) => items.filter((each) => each !== ''))
    .refine((items) => items.every((each) => item.test(each)));

const HOST = /^(?:[\w.-]+|\[[\da-f:]+\])(?::\d{1,5})?$/i;

/** Everything that can be set, in the order of docs/configuration.md. Nothing else of the environment is read. */
export const VARIABLES = {
  PORT: variable({
    schema: whole(0, 65_535).default(3000),
    expected: 'a whole number from 0 to 65535',
    unset: '3000',
    says: 'port it listens on; 0 takes a free one',
  }),
  HOST: variable({
    schema: z.string().regex(/^\S+$/).default('127.0.0.1'),
    expected: 'an address of this machine, for example 127.0.0.1 or 0.0.0.0',
    unset: '127.0.0.1',
    says: 'address it listens on; 0.0.0.0 is every address, as a container needs it',
  }),
  ONEVISIT_DATA: variable({
    schema: z.string().default('./data'),
    expected: 'a folder',
    unset: './data',
    says: 'folder of the embedded store and of the uploaded files; several nodes need one in common',
  }),
  MONGODB_URI: variable({
    schema: z
      .string()
      .regex(/^mongodb(\+srv)?:\/\/[^/?\s]+\/[^/?\s]+(\?\S*)?$/)
      .optional(),
    expected: 'mongodb://host[:port]/database, with the name of the database',
    unset: 'embedded store',
    says: 'cases in this MongoDB database instead of the embedded store ([mongodb.md](mongodb.md))',
    secret: true,
  }),
  REDIS_URL: variable({
    schema: z
      .string()
      .regex(/^rediss?:\/\/[^/?\s]+(\/\d*)?(\?\S*)?$/)
      .optional(),
    expected: 'redis://host[:port] or rediss://…, with /number for a database other than 0',
    unset: 'each node wakes itself',
    says: 'nodes wake each other through this Redis ([cluster.md](cluster.md))',
    secret: true,
  }),
  ONEVISIT_MODE: variable({
    schema: z.enum(['demo', 'production']).default('demo'),
    expected: 'demo or production',
    unset: 'demo',
    says: '`demo` fills an empty store with the demo city and signs in by role card; `production` refuses what the next section lists',
  }),
  ONEVISIT_ROLES: variable({
    schema: z
      .string()
      .default('all')
      .transform((text) => (text.trim() === 'all' ? ROLES : text.split(',').map((role) => role.trim())))
      .pipe(z.array(z.enum(ROLES)))
      .transform((roles) => ROLES.filter((role) => roles.includes(role))),
    expected: 'api, worker, both with a comma between them, or all',
    unset: 'all',
    says: '`api` answers people and systems, `worker` runs timers, service calls and deadlines; also `npm start -- --roles`',
  }),
  ONEVISIT_SECRET: variable({
    schema: z.string().optional(),
    expected: 'a text',
    unset: 'made at the first start, kept in the store',
    says: 'signs sessions; the same on every node',
    secret: true,
  }),
  PUBLIC_URL: variable({
    schema: z.url({ protocol: /^https?$/ }).optional(),
    expected: 'an address that begins with http:// or https://',
    unset: 'none',
    says: 'address people open; with https, cookies are Secure and browsers are told to stay with https',
  }),
  ONEVISIT_PROXIES: variable({
    schema: whole(0, 10).optional(),
    expected: 'a whole number from 0 to 10',
    unset: '1 with `PUBLIC_URL`, else 0',
    says: 'how many proxies stand in front: so many entries of X-Forwarded-For, counted from the last, are believed',
  }),
  ONEVISIT_DIRECTORY: variable({
    schema: z
      .string()
      .refine((folder) => ['departments.json', 'people.json'].every((file) => existsSync(join(folder, file))))
      .optional(),
    expected: 'a folder with departments.json and people.json',
    unset: 'the demo city',
    says: 'who works where: `departments.json` and `people.json` in the form of processes/directory/demo-city',
  }),
  ONEVISIT_REGION: variable({
    schema: z
      .string()
      .regex(/^\d{6}$/)
      .default('210500'),
    expected: 'the six digits of an administrative division',
    unset: '210500',
    says: 'administrative division (行政区划代码) that case numbers begin with',
  }),
  ONEVISIT_HTTP_HOSTS: variable({
    schema: list(HOST),
    expected: 'hosts, each host or host:port, separated by commas',
    unset: 'none',
    says: 'hosts that service tasks may call, `host` or `host:port`, separated by commas',
  }),
  ONEVISIT_NOTICE_URL: variable({
    schema: z.url({ protocol: /^https?$/ }).optional(),
    expected: 'an address that begins with http:// or https://',
    unset: 'the message catcher in demo mode, nobody in production',
    says: 'where notices to people and departments are sent, as JSON by POST ([supervision.md](supervision.md))',
  }),
  ONEVISIT_NOTICE_TOKEN: variable({
    schema: z
      .string()
      .regex(/^[\x21-\x7e]+$/)
      .optional(),
    expected: 'letters, digits or signs, without blanks',
    unset: 'none',
    says: 'sent with each notice as Bearer',
    secret: true,
  }),
  LOG_LEVEL: variable({
    schema: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('warn'),
    expected: 'trace, debug, info, warn, error, fatal or silent',
    unset: 'warn',
    says: 'least level that is logged, as one JSON object a line; `info` has refused requests, `debug` every request',
  }),
  ONEVISIT_METRICS_TOKEN: variable({
    schema: z
      .string()
      .regex(/^[\x21-\x7e]{16,}$/)
      .optional(),
    expected: 'at least 16 letters, digits or signs, without blanks',
    unset: 'this machine only',
    says: 'who shows it as Bearer may read `/metrics`, from anywhere ([operations.md](operations.md))',
    secret: true,
  }),
  ONEVISIT_DRAIN_SECONDS: variable({
    schema: whole(0, 300).default(0),
    expected: 'a whole number from 0 to 300',
    unset: '0',
    says: 'after SIGTERM: seconds in which it still takes requests while `/health/ready` says no, for those who send them to notice',
  }),
  ONEVISIT_STOP_SECONDS: variable({
    schema: whole(0, 600).default(7),
    expected: 'a whole number from 0 to 600',
    unset: '7',
    says: 'then: seconds that requests and jobs under way may take; two more, and it ends whatever happens',
  }),
  ONEVISIT_STRICT: variable({
    schema: z
      .enum(['0', '1', 'false', 'true'])
      .transform((value) => value === '1' || value === 'true')
      .default(false),
    expected: '0, 1, false or true',
    unset: '0',
    says: 'for development: an answer that does not fit its declaration is an error',
  }),
};

export type VariableName = keyof typeof VARIABLES;
export type Values = { [Name in VariableName]: z.output<(typeof VARIABLES)[Name]['schema']> };
