import type { JsonObject } from '../../kernel/json.ts';
import type { EventName } from '../../model/graph.ts';
import { Trouble, type Run } from '../run.ts';

/** The name of a message or signal, computed where the model says how. Trouble `event.bad_name` when it is no text. */
export function nameOf(run: Run, { name, nameExpression }: EventName, variables: JsonObject): string {
  if (!nameExpression) return name;
  const { value } = run.evaluate(nameExpression, variables);
  if (typeof value === 'string' && value !== '') return value;
  throw new Trouble(
    'event.bad_name',
    `Expected '${nameExpression.text}' to give a name, but it gave ${JSON.stringify(value).slice(0, 200)}`,
  );
}
