import type { JsonObject, JsonValue } from '../kernel/json.ts';
import type { Node } from '../model/graph.ts';
import { parseDuration, parseTimerDate } from '../time/index.ts';
import { Trouble, type Run } from './run.ts';
import type { TaskTerms, Token } from './state.ts';

/**
 * What a user task says that depends on the case: candidates, due and follow-up date, priority; `since`: when the task began. Undefined where it
 * says nothing of the kind. Troubles `task.bad_candidates`, `task.bad_date`, `task.bad_priority`.
 */
export function taskTerms(run: Run, node: Node, variables: JsonObject, since = run.now): TaskTerms | undefined {
  const { groups, users, dueDate, followUpDate, priority } = node.assignment ?? {};
  if (!groups && !users && !dueDate && !followUpDate && !priority) return undefined;
  const terms: TaskTerms = {};
  if (groups) terms.groups = namesOf(run.evaluate(groups, variables).value, groups.text);
  if (users) terms.users = namesOf(run.evaluate(users, variables).value, users.text);
  const dueAt = dueDate && instantOf(since, run.evaluate(dueDate, variables).value, dueDate.text);
  if (dueAt !== undefined) terms.dueAt = dueAt;
  const followUpAt = followUpDate && instantOf(since, run.evaluate(followUpDate, variables).value, followUpDate.text);
  if (followUpAt !== undefined) terms.followUpAt = followUpAt;
  const rank = priority && run.evaluate(priority, variables).value;
  if (rank !== undefined && rank !== null) {
    const number = Number(rank);
    if (!Number.isSafeInteger(number) || rank === '' || typeof rank === 'boolean')
      throw new Trouble('task.bad_priority', expected('a whole number', priority!.text, rank));
    terms.priority = number;
  }
  return terms;
}

/** Who may take the task of a token: as its case says, else as the model does. The first is the department. */
export function groupsOf({ task }: Pick<Token, 'task'>, { assignment }: Node): string[] {
  return [...(task?.groups ?? assignment?.candidateGroups ?? [])];
}

/** A name, names with commas, or a list of these; nothing is nobody. */
function namesOf(value: JsonValue, text: string): string[] {
  if (value === null) return [];
  if (typeof value === 'string')
    return value
      .split(/[,，、]/)
      .map((name) => name.trim())
      .filter((name) => name !== '');
  if (!Array.isArray(value)) throw new Trouble('task.bad_candidates', expected('names', text, value));
  return [...new Set(value.flatMap((part) => namesOf(part, text)))];
}

/** A date, or a duration from the start of the task; null is no date. */
function instantOf(since: number, value: JsonValue, text: string): number | undefined {
  if (value === null || value === '') return undefined;
  const instant = typeof value === 'string' ? (parseTimerDate(value) ?? parseDuration(value)?.addTo(since)) : undefined;
  if (instant === undefined) throw new Trouble('task.bad_date', expected('an ISO 8601 date or duration', text, value));
  return instant;
}

function expected(what: string, text: string, value: JsonValue): string {
  return `Expected '${text}' to give ${what}, but it gave ${JSON.stringify(value).slice(0, 200)}`;
}
