import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { inUseRejection } from '../refusals.ts';

/**
 * Marks the directory as open in this process; returns how to release it. A mark whose process is gone is taken over.
 * The database file is locked by the operating system besides; the mark adds who holds it, and serves the WASM driver,
 * which has no such lock. `store.in_use`: a living process holds it.
 */
export function lockDirectory(directory: string, file: string): () => void {
  const mark = JSON.stringify({ pid: process.pid, started: startOf(process.pid) });
  for (let attempt = 0; ; attempt++) {
    try {
      writeFileSync(file, mark, { flag: 'wx' });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = readHolder(file);
    if (holder && isAlive(holder)) throw inUseRejection(directory, holder.pid);
    if (attempt > 3) throw inUseRejection(directory);
    rmSync(file, { force: true });
  }
}

interface Holder {
  pid: number;
  started: string | null;
}

/** Undefined when the mark is gone or was only half written before its process died. */
function readHolder(file: string): Holder | undefined {
  try {
    const holder = JSON.parse(readFileSync(file, 'utf8')) as Holder;
    return Number.isInteger(holder.pid) && holder.pid > 0 ? holder : undefined;
  } catch {
    return undefined;
  }
}

function isAlive({ pid, started }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives and belongs to somebody else.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  // The number may belong to another process by now (in a container it nearly always does), or to a killed one that
  // its parent has not asked for yet.
  return started === startOf(pid);
}

const DEAD = 'dead';

/** When the process started, in clock ticks since boot; null where the system does not say. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? DEAD : (fields[19] ?? null);
  } catch {
    return null;
  }
}
