import type { DefinitionRow, TaskRow } from '../../../engine/index.ts';
import type { JsonObject } from '../../../engine/kernel/json.ts';
import { applicantView, findStartForm } from '../../../processes/casework/index.ts';
import type { FormDefinition } from '../../../processes/forms/index.ts';
import type { Person } from '../../../processes/directory/index.ts';
import type { House } from '../../house.ts';

/** Data a task's holder works with: an applicant sees the application and what the form of this very task shows. */
export async function taskVariables(
  house: House,
  task: TaskRow,
  form: FormDefinition | undefined,
  definition: DefinitionRow,
  viewer: Person,
): Promise<JsonObject> {
  const variables = await house.engine.taskVariables(task);
  if (viewer.role !== 'applicant') return variables;
  return applicantView(variables, [form, findStartForm(definition, await house.engine.getGraph(definition.id))]);
}
