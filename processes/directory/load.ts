import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolder } from '../data-folder.ts';
import { directoryOf, type Directory, type DirectoryData } from './directory.ts';

/** Folder of the invented city that demo mode shows. */
export const DEMO_CITY = dataFolder('processes/directory/demo-city');

/** A directory kept in two files: departments.json (with the region) and people.json. The demo city by default. */
export function loadDirectory(folder: string = DEMO_CITY): Directory {
  const read = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8'));
  const { region, departments } = read('departments.json') as Pick<DirectoryData, 'region' | 'departments'>;
  return directoryOf({ region, departments, people: read('people.json') as DirectoryData['people'] });
}
