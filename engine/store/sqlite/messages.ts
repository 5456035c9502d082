import type { MessageRow, SubscriptionRow } from '../ports.ts';
import type { Database } from './driver.ts';
import { keyOf, keyOrNull } from './keys.ts';

export function findMessage(database: Database, id: string): string | undefined {
  return database.get('SELECT row FROM messages WHERE id = ?', keyOf(id))?.row as string | undefined;
}

export function isKnown(database: Database, id: string): boolean {
  return database.get('SELECT 1 FROM messages WHERE id = ?', keyOf(id)) !== undefined;
}

/** Known, and nobody has taken it. */
export function isKept(database: Database, id: string): boolean {
  return database.get('SELECT kept FROM messages WHERE id = ?', keyOf(id))?.kept === 1;
}

export function insertMessage(database: Database, row: MessageRow): void {
  database.run(
    'INSERT INTO messages(id, name, key, kept, job_id, row) VALUES (?,?,?,?,?,?)',
    keyOf(row.id),
    keyOf(row.name),
    keyOrNull(row.key),
    row.consumedBy === null ? 1 : 0,
    keyOf(row.jobId),
    JSON.stringify(row),
  );
}

export function consumeMessage(database: Database, id: string, caseId: string): void {
  const row = JSON.parse(findMessage(database, id)!) as MessageRow;
  const text = JSON.stringify({ ...row, consumedBy: caseId });
  database.run('UPDATE messages SET kept = 0, row = ? WHERE id = ?', text, keyOf(id));
}

export function removeMessage(database: Database, id: string): void {
  database.run('DELETE FROM messages WHERE id = ?', keyOf(id));
}

const WAKE = 'UPDATE jobs SET due_at = 0, owner = NULL, lease_until = 0, fence = fence + 1';

/** A holder that looked before somebody wanted the message loses its lease, so that it cannot put the job off. */
export function wakeMessages(database: Database, { name, key }: SubscriptionRow): void {
  database.run(
    `${WAKE}
     WHERE id IN (SELECT job_id FROM messages INDEXED BY message_kept WHERE name = ? AND key IS ? AND kept = 1)`,
    keyOf(name),
    keyOrNull(key),
  );
}

/** The same for a message start event, which takes every key. */
export function wakeMessagesNamed(database: Database, name: string): void {
  database.run(
    `${WAKE}
     WHERE id IN (SELECT job_id FROM messages INDEXED BY message_kept WHERE name = ? AND kept = 1)`,
    keyOf(name),
  );
}
