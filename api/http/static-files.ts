import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import type { Context } from 'koa';

/** Files whose name carries a hash of their content never change. */
const HASHED = /[-.][\w-]{8,}\.\w+$/;

/**
 * Sends a file below `folder`. False: there is none of that name. Never leaves the folder, whatever the path says.
 * Hashed names may be kept for a year, everything else is asked for again each time.
 */
export async function sendFile(ctx: Context, folder: string, path: string): Promise<boolean> {
  const file = join(folder, normalize(path));
  if (path.includes('\0') || !file.startsWith(folder + sep)) return false;
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile()) return false;
  ctx.type = extname(file) || 'application/octet-stream';
  ctx.length = found.size;
  ctx.lastModified = found.mtime;
  ctx.etag = `W/"${found.size.toString(16)}-${found.mtimeMs.toString(16)}"`;
  ctx.set('Cache-Control', HASHED.test(file) ? 'public, max-age=31536000, immutable' : 'no-cache');
  ctx.status = 200;
  if (ctx.fresh) {
    ctx.status = 304;
    ctx.body = null;
  } else if (ctx.method === 'HEAD') ctx.body = '';
  else ctx.body = createReadStream(file);
  return true;
}
