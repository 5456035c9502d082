import { existsSync, readFileSync } from 'node:fs';

/**
 * Processor time that this thread has had, or the main thread of another process, in ms since any moment: it stands still
 * while other programs have the core. Where the system does not tell (Linux does), time itself, of which no less passes.
 */
export function threadTime(process?: number): number {
  const counted = `/proc/${process ?? 'thread-self'}/schedstat`;
  return existsSync(counted) ? Number(readFileSync(counted, 'utf8').split(' ')[0]) / 1e6 : performance.now();
}
