import type { CommandOptions } from '../../engine/engine.ts';
import type { JsonObject } from '../../engine/kernel/json.ts';
import type { TaskRow } from '../../engine/store/ports.ts';
import { refuseComplete } from '../../engine/tasks/task-refusals.ts';
import type { Person } from '../directory/index.ts';
import { actorOf, type CaseworkDeps } from './deps.ts';
import { checkFormData } from './form-data.ts';
import { findForm } from './version-resources.ts';
import { getVersion } from './versions.ts';

/**
 * Completes a task with what its holder filled in, checked against the form of the version the case runs on. Whoever may
 * not complete it hears that, not what is wrong with the data. `task` may be old by a step of another node: nobody is
 * refused before it is read again. `form.invalid` and what the engine refuses.
 */
export async function completeTask(
  deps: CaseworkDeps,
  { task, data }: { task: TaskRow; data: JsonObject },
  person: Person,
  options?: CommandOptions<TaskRow>,
): Promise<TaskRow> {
  const { engine } = deps;
  const variables = await variablesOf(deps, task, data, person).catch(async () =>
    variablesOf(deps, await engine.getTask(task.id), data, person),
  );
  return engine.completeTask({ taskId: task.id, variables }, actorOf(person), options);
}

async function variablesOf(deps: CaseworkDeps, task: TaskRow, data: JsonObject, person: Person): Promise<JsonObject> {
  // the engine says what became of it
  if (task.status !== 'open' && task.status !== 'claimed') return {};
  const refusal = refuseComplete(task, actorOf(person));
  if (refusal) throw refusal;
  const definition = await getVersion(deps.engine, task.definitionId);
  const checked = await checkFormData(findForm(definition, task.form), data, { person, files: deps.files });
  for (const file of checked.files) await deps.files.attach(file, task.caseNumber);
  return checked.variables;
}
