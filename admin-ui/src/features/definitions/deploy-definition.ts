import type { Deployment } from '../../shared/contract.ts';
import { call, newActionKey } from '../../shared/http.ts';

/** Rejects with `definition.findings` when the file cannot run. */
export function deployDefinition(file: File, forms: readonly File[]): Promise<Deployment> {
  const body = new FormData();
  body.append('file', file, file.name);
  for (const form of forms) body.append('forms', form, form.name);
  return call('deployDefinition', { body, idempotencyKey: newActionKey() });
}
