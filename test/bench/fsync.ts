import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Appends of `bytes` followed by fdatasync, per second: what one client could get from this disk at best. */
export function measureSyncRate(directory: string, bytes = 4096, ms = 2000): number {
  const path = join(directory, 'fsync.probe');
  const file = openSync(path, 'w');
  const block = Buffer.alloc(bytes, 'x');
  const start = performance.now();
  let count = 0;
  for (; performance.now() - start < ms; count++) {
    writeSync(file, block);
    fdatasyncSync(file);
  }
  const rate = count / ((performance.now() - start) / 1000);
  closeSync(file);
  rmSync(path);
  return rate;
}
