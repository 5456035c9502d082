import type { JsonObject } from '../../kernel/json.ts';
import type { Trigger } from '../../model/graph.ts';
import { Trouble, type Run } from '../run.ts';
import type { Armed } from '../state.ts';
import { nameOf } from './name.ts';

/** The name and key a message must carry. Troubles `event.bad_name`; `message.bad_key` when the key is neither text nor number. */
export function prepareMessage(
  run: Run,
  trigger: Trigger & { type: 'message' },
  variables: JsonObject,
): Extract<Armed, { type: 'message' }> {
  const name = nameOf(run, trigger, variables);
  if (!trigger.key) return { type: 'message', name, key: null };
  const key = run.evaluate(trigger.key, variables).value;
  if (typeof key !== 'string' && typeof key !== 'number') {
    throw new Trouble(
      'message.bad_key',
      `Expected ${trigger.key.text} to give a text or number, but it gave ${JSON.stringify(key)}`,
    );
  }
  return { type: 'message', name, key: String(key) };
}
