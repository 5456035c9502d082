import type { CaseRow, DefinitionRow } from '../../../engine/index.ts';
import type { JsonObject } from '../../../engine/kernel/json.ts';
import { applicantView, findStartForm } from '../../../processes/casework/index.ts';
import type { Person } from '../../../processes/directory/index.ts';
import type { House } from '../../house.ts';

/** Data of the whole case: everything for staff, the application for applicants. */
export async function caseVariables(
  house: House,
  row: CaseRow,
  definition: DefinitionRow,
  viewer: Person,
): Promise<JsonObject> {
  const process = Object.values(row.state.scopes).find((scope) => scope.kind === 'process');
  const variables = process?.variables ?? {};
  if (viewer.role !== 'applicant') return variables;
  return applicantView(variables, [findStartForm(definition, await house.engine.getGraph(definition.id))]);
}
