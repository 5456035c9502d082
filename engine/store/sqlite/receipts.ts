import type { Receipt } from '../ports.ts';
import type { Database } from './driver.ts';
import { keyOf } from './keys.ts';

export function insertReceipt(database: Database, receipt: Receipt): boolean {
  const insert = 'INSERT INTO receipts(key, expires_at, row) VALUES (?,?,?) ON CONFLICT(key) DO NOTHING';
  return database.run(insert, keyOf(receipt.key), receipt.expiresAt, JSON.stringify(receipt)).changes === 1;
}

export function hasReceipt(database: Database, key: string): boolean {
  return database.get('SELECT 1 FROM receipts WHERE key = ?', keyOf(key)) !== undefined;
}

/** JSON of the receipt unless it has expired. */
export function findReceipt(database: Database, key: string, now: number): string | undefined {
  const select = 'SELECT row FROM receipts WHERE key = ? AND expires_at > ?';
  return database.get(select, keyOf(key), now)?.row as string | undefined;
}

/** The one asked for and the oldest few, so that cleaning up never holds a commit back. Returns how many went. */
export function removeExpired(database: Database, key: string, now: number): number {
  return database.run(
    `DELETE FROM receipts WHERE expires_at <= ? AND
       (key = ? OR key IN (SELECT key FROM receipts WHERE expires_at <= ? ORDER BY expires_at LIMIT 200))`,
    now,
    keyOf(key),
    now,
  ).changes;
}
