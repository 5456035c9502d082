/**
 * Typed work that outlives a reload of its tab, but not the tab, nor signing out: applications hold identity numbers, and
 * the desks of a service hall are shared.
 */
const PREFIX = 'onevisit.draft.';

/** null: none is kept. */
export function readDraft<T>(key: string): T | null {
  try {
    return JSON.parse(sessionStorage.getItem(PREFIX + key) ?? 'null') as T | null;
  } catch {
    return null;
  }
}

export function keepDraft(key: string, draft: unknown): void {
  try {
    sessionStorage.setItem(PREFIX + key, JSON.stringify(draft));
  } catch {
    // A browser that forbids storage keeps what was typed until the page is left.
  }
}

export function dropDraft(key: string): void {
  try {
    sessionStorage.removeItem(PREFIX + key);
  } catch {
    // as above
  }
}

/** Of everybody who worked in this tab. */
export function dropDrafts(): void {
  try {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
  } catch {
    // as above
  }
}
