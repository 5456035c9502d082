import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolder } from '../../../processes/data-folder.ts';

let text: string | undefined;

/** The document as checked in; a test keeps it equal to the routes. */
export function openApiJson(): string {
  return (text ??= readFileSync(join(dataFolder('api/contract'), 'openapi.json'), 'utf8'));
}
