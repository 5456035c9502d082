import type { FormDefinition, FormField, FormValues } from '../../shared/contract.ts';

/** What the controls start with: what is known, else the default, else an empty value the control understands. */
export function initialValues(form: FormDefinition, known: Readonly<Record<string, unknown>>): FormValues {
  return Object.fromEntries(
    form.fields.map((field) => [field.name, known[field.name] ?? field.default ?? blank(field)]),
  );
}

/** What is sent: numbers as numbers, nothing for what was left empty, nothing for what is only shown. */
export function collectValues(form: FormDefinition, values: FormValues): FormValues {
  const data: FormValues = {};
  for (const field of form.fields) {
    if (field.readOnly) continue;
    const value = toData(field, values[field.name]);
    if (value !== undefined) data[field.name] = value;
  }
  return data;
}

/** Of two states of a form: what is sent now and was another value before; null where it was cleared. */
export function changedValues(form: FormDefinition, before: FormValues, after: FormValues): FormValues {
  const [was, is] = [collectValues(form, before), collectValues(form, after)];
  return Object.fromEntries(
    form.fields
      .filter(({ name }) => JSON.stringify(was[name]) !== JSON.stringify(is[name]))
      .map(({ name }) => [name, is[name] ?? null]),
  );
}

export function isList(field: FormField): boolean {
  if (field.type === 'checkbox') return Boolean(field.options?.length);
  return Boolean(field.multiple) && (field.type === 'select' || field.type === 'file');
}

function blank(field: FormField): unknown {
  if (isList(field)) return [];
  if (field.type === 'checkbox') return false;
  return field.type === 'file' ? null : '';
}

function toData(field: FormField, value: unknown): unknown {
  if (value === null || value === undefined) return undefined;
  if (Array.isArray(value)) return value.length > 0 ? value : undefined;
  if (typeof value !== 'string') return value;
  const text = value.trim();
  if (text === '') return undefined;
  if (field.type === 'number' || field.type === 'money') {
    // What is no number goes as it is: the server says what is wrong with it.
    const number = Number(text.replaceAll(',', ''));
    return Number.isFinite(number) ? number : text;
  }
  if (field.type === 'idNumber' || field.type === 'creditCode') return text.toUpperCase();
  return text;
}
