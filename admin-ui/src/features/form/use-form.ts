import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import type { FormDefinition, FormValues } from '../../shared/contract.ts';
import { explainFailure } from '../../shared/failure.ts';
import { newActionKey, Unreachable } from '../../shared/http.ts';
import { sortErrors } from './field-errors.ts';
import { collectValues, initialValues } from './values.ts';

export interface FormState {
  values: ShallowRef<FormValues>;
  errors: Ref<Record<string, string>>;
  rest: Ref<string[]>;
  /** Something was typed that the server has not taken yet. */
  dirty: Ref<boolean>;
  sending: Ref<boolean>;
  start: (form: FormDefinition | null, known: Readonly<Record<string, unknown>>) => void;
  edit: (name: string) => void;
  /** Sends once; false when the server refused, and then every error is on the screen. */
  send: (action: (data: FormValues, idempotencyKey: string) => Promise<void>) => Promise<boolean>;
}

/** The life of one form: filled, sent, corrected, sent again. */
export function useForm(): FormState {
  const definition = shallowRef<FormDefinition | null>(null);
  const values = shallowRef<FormValues>({});
  const errors = ref<Record<string, string>>({});
  const rest = ref<string[]>([]);
  const dirty = ref(false);
  const sending = ref(false);
  let key = newActionKey();

  function start(form: FormDefinition | null, known: Readonly<Record<string, unknown>>): void {
    definition.value = form;
    values.value = form ? initialValues(form, known) : {};
    errors.value = {};
    rest.value = [];
    dirty.value = false;
    key = newActionKey();
  }

  function edit(name: string): void {
    dirty.value = true;
    const others = { ...errors.value };
    delete others[name];
    errors.value = others;
  }

  async function send(action: (data: FormValues, idempotencyKey: string) => Promise<void>): Promise<boolean> {
    if (sending.value) return false;
    sending.value = true;
    rest.value = [];
    try {
      await action(definition.value ? collectValues(definition.value, values.value) : {}, key);
      dirty.value = false;
      errors.value = {};
      return true;
    } catch (error) {
      const sorted = sortErrors(definition.value, error);
      errors.value = sorted.fields;
      const placed = Object.keys(sorted.fields).length > 0;
      rest.value = sorted.rest.length > 0 || placed ? sorted.rest : [explainFailure(error)];
      // Without an answer the first try may have landed: the same key asks for its answer instead of acting twice.
      if (!(error instanceof Unreachable)) key = newActionKey();
      return false;
    } finally {
      sending.value = false;
    }
  }

  return { values, errors, rest, dirty, sending, start, edit, send };
}
