import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { UiBuild } from '../house.ts';

export interface UiBuildState {
  readonly build: UiBuild;
  /** What is being done, or why it failed; for the waiting page. */
  readonly step: string;
}

/** How far the web pages are: what the start script notes beside them, else whether they are there. */
export function readUiBuild(folder: string): UiBuildState {
  const noted = readNote(join(folder, '.build-status.json'));
  if (noted && noted.build !== 'ready') return noted;
  return existsSync(join(folder, 'index.html'))
    ? { build: 'ready', step: '' }
    : { build: 'building', step: noted?.step ?? '' };
}

function readNote(file: string): UiBuildState | undefined {
  try {
    const { state, log } = JSON.parse(readFileSync(file, 'utf8')) as { state?: unknown; log?: unknown };
    if (state !== 'ready' && state !== 'building' && state !== 'failed') return undefined;
    return { build: state, step: typeof log === 'string' ? log.slice(-2_000) : '' };
  } catch {
    return undefined;
  }
}
