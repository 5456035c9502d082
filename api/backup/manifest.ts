import { z } from 'zod';

export const MANIFEST = 'backup.json';
/** Uploaded files, in the data folder as in a backup. */
export const FILES = 'files';
export const DATABASE = 'store.db';

/** What a backup holds. Written last: a folder without it is no backup. */
export const Manifest = z.object({
  format: z.literal(1),
  version: z.string(),
  takenAt: z.iso.datetime(),
  /** Paths below the folder, with what was read when they were copied. */
  files: z.record(
    z.string().regex(/^(store\.db|files\/[0-9a-z]{20})$/),
    z.object({ bytes: z.number(), sha256: z.string() }),
  ),
});
export type Manifest = z.infer<typeof Manifest>;
