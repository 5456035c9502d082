import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolder } from '../processes/data-folder.ts';

const manifest = JSON.parse(readFileSync(join(dataFolder('.'), 'package.json'), 'utf8')) as { version: string };

export const VERSION = manifest.version;
