import type { Store } from '../../engine/store/ports.ts';
import type { Directory } from '../../processes/directory/index.ts';
import { addApiToken, tokenDocuments } from '../http/api-tokens.ts';
import type { Sessions } from '../http/sessions.ts';

/** The API token of the demo's integrator: the same at every start of this installation. */
export async function demoIntegratorToken(deps: {
  store: Store;
  directory: Directory;
  sessions: Sessions;
}): Promise<string> {
  const token = deps.sessions.derivedToken('demo-integrator');
  const integrator = deps.directory.people.find((person) => person.role === 'integrator')!;
  await addApiToken(tokenDocuments(deps.store), token, { person: integrator.id, label: 'demo' });
  return token;
}
