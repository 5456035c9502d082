import type { Actor, Engine } from '../../engine/engine.ts';
import type { Directory, Person } from '../directory/index.ts';
import type { UploadedFiles } from './uploaded-files.ts';

/** What the use cases need. */
export interface CaseworkDeps {
  readonly engine: Engine;
  readonly directory: Directory;
  readonly files: UploadedFiles;
  /** GB/T 2260 division that case numbers begin with. */
  readonly region: string;
}

/** The person as the engine knows an actor. */
export function actorOf(person: Person): Actor {
  return { id: person.id, name: person.name, groups: person.departments };
}
