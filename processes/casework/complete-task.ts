import type { CommandOptions } from '../../engine/engine.ts';
import type { JsonObject } from '../../engine/kernel/json.ts';
import type { TaskRow } from '../../engine/store/ports.ts';
import { refuseComplete } from '../../engine/tasks/task-refusals.ts';
import type { Person } from '../directory/index.ts';
import { actorOf, type CaseworkDeps } from './deps.ts';
import { checkFormData, type CheckedData } from './form-data.ts';
import { handedInFor } from './uploaded-files.ts';
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
  const { variables, files } = await checkTaskData(deps, task, data, person).catch(async () =>
    checkTaskData(deps, await engine.getTask(task.id), data, person),
  );
  const documents = handedInFor(task.caseId, files);
  return engine.completeTask({ taskId: task.id, variables, documents }, actorOf(person), options);
}

async function checkTaskData(
  deps: CaseworkDeps,
  task: TaskRow,
  data: JsonObject,
  person: Person,
): Promise<CheckedData> {
  // the engine says what became of it
  if (task.status !== 'open' && task.status !== 'claimed') return { variables: {}, files: [] };
  const refusal = refuseComplete(task, actorOf(person));
  if (refusal) throw refusal;
  const definition = await getVersion(deps.engine, task.definitionId);
  return checkFormData(findForm(definition, task.form), data, { person, files: deps.files });
}
