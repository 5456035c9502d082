import { z } from 'zod';
import { Instant } from '../vocabulary.ts';

export const Status = z
  .object({
    name: z.string().describe('Product name'),
    version: z.string().describe('Version of the server'),
    mode: z.enum(['demo', 'production']).describe('Demo mode has role cards and no passwords'),
    store: z.string().describe('Store driver and version'),
    queue: z.string().describe('What wakes due work'),
    dataDir: z.string().nullable().describe('Where the data is; told in demo mode only'),
    now: Instant.describe("The server's clock"),
    catchesNotices: z.boolean().describe('Notices stay here, in the message catcher (demo mode)'),
    clockAheadMs: z.number().int().describe('How far the clock of the demo was moved ahead of real time, ms'),
    clockMovable: z.boolean().describe('`POST /demo/clock` moves it'),
    uiBuild: z.enum(['ready', 'building', 'failed']).describe('State of the web pages'),
  })
  .meta({ id: 'Status', description: 'What is running here' });
