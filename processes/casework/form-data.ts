import type { JsonObject, JsonValue } from '../../engine/kernel/json.ts';
import { Rejection } from '../../engine/kernel/rejection.ts';
import { validateForm, type FormDefinition } from '../forms/index.ts';
import type { Person } from '../directory/index.ts';
import type { FileReference, UploadedFiles } from './uploaded-files.ts';

/** Variables the house sets itself: nobody fills them in. */
const RESERVED = ['applicant', 'applicantName'];

export interface CheckedData {
  readonly variables: JsonObject;
  readonly files: readonly string[];
}

/**
 * What was filled in, checked against the form; without a form anything but reserved names is taken. File values are
 * replaced by what the server knows about the file. `form.invalid` (details.errors: pointer into the data, code, zh, en)
 */
export async function checkFormData(
  form: FormDefinition | undefined,
  data: JsonObject,
  by: { person: Person; files: UploadedFiles },
): Promise<CheckedData> {
  if (!form) {
    const reserved = RESERVED.filter((name) => Object.hasOwn(data, name));
    if (reserved.length > 0)
      throw invalid(
        reserved.map((name) => line(name, 'reserved', '此名称由系统填写', 'This name is set by the system')),
      );
    return { variables: data, files: [] };
  }
  const result = validateForm(form, data);
  if (!result.ok) throw invalid(result.errors);
  return withKnownFiles(form, result.data, by);
}

async function withKnownFiles(
  form: FormDefinition,
  data: JsonObject,
  by: { person: Person; files: UploadedFiles },
): Promise<CheckedData> {
  const variables = { ...data };
  const files: string[] = [];
  for (const field of form.fields.filter((candidate) => candidate.type === 'file')) {
    const value = variables[field.name];
    if (value === undefined || value === null) continue;
    const known: FileReference[] = [];
    for (const given of (Array.isArray(value) ? value : [value]) as unknown as FileReference[]) {
      const record = await by.files.find(given.id);
      if (record?.owner !== by.person.id)
        throw invalid([line(field.name, 'file.not_found', '请先上传该文件', 'Upload this file first')]);
      known.push({ id: record.id, name: record.name, size: record.size, type: record.type });
      files.push(record.id);
    }
    variables[field.name] = (Array.isArray(value) ? known : known[0]) as unknown as JsonValue;
  }
  return { variables, files };
}

function line(field: string, code: string, zh: string, en: string) {
  return { pointer: `/${field.replaceAll('~', '~0').replaceAll('/', '~1')}`, code, zh, en };
}

function invalid(errors: readonly object[]): Rejection {
  return new Rejection('invalid', 'form.invalid', 'Expected data that fits the form, but it does not', {
    errors: errors as unknown as JsonValue,
  });
}
