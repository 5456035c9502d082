import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isRejection, Rejection } from '../../engine/kernel/rejection.ts';
import { dataFolder } from '../data-folder.ts';
import { checkForm, type FormDefinition } from '../forms/index.ts';
import { Item } from './item.ts';

/** 一件事 as it is shipped: a folder under processes/packages, named by its key. */
export interface Package {
  readonly key: string;
  readonly item: Item;
  readonly bpmn: Uint8Array;
  readonly forms: Readonly<Record<string, FormDefinition>>;
}

/**
 * Reads every package folder, in order of key. `package.invalid` (details: package, reason) where the item data or a form
 * is wrong, or the process names a form that the package does not hold. The process itself is checked when it is deployed.
 */
export async function loadPackages(root: string = dataFolder('processes/packages')): Promise<Package[]> {
  const entries = await readdir(root, { withFileTypes: true });
  const keys = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(keys.sort().map((key) => loadPackage(join(root, key), key)));
}

async function loadPackage(folder: string, key: string): Promise<Package> {
  const [item, bpmn, forms] = await Promise.all([
    readItem(folder, key),
    read(folder, key, 'process.bpmn'),
    readForms(join(folder, 'forms'), key),
  ]);
  const missing = namedForms(bpmn).filter((form) => !Object.hasOwn(forms, form));
  if (missing.length > 0) throw invalid(key, `process.bpmn names forms that do not exist: ${missing.join(', ')}`);
  const strangers = Object.keys(item.limits ?? {}).filter((id) => !hasElement(bpmn, id));
  if (strangers.length > 0) throw invalid(key, `item.json limits elements that do not exist: ${strangers.join(', ')}`);
  return { key, item, bpmn, forms };
}

async function readItem(folder: string, key: string): Promise<Item> {
  const { success, data, error } = Item.safeParse(await readJson(folder, key, 'item.json'));
  if (!success) {
    const [issue] = error.issues;
    throw invalid(key, `item.json is wrong at /${issue!.path.join('/')}: ${issue!.message}`);
  }
  if (data.key !== key) throw invalid(key, `item.json has the key '${data.key}'`);
  return data;
}

async function readForms(folder: string, key: string): Promise<Record<string, FormDefinition>> {
  const files = (await readdir(folder).catch(() => [])).filter((file) => file.endsWith('.json')).sort();
  const forms: Record<string, FormDefinition> = {};
  for (const file of files) {
    const form = checkOwnForm(await readJson(folder, key, file), key, file);
    if (`${form.key}.json` !== file) throw invalid(key, `forms/${file} has the key '${form.key}'`);
    forms[form.key] = form;
  }
  return forms;
}

function checkOwnForm(json: unknown, key: string, file: string): FormDefinition {
  try {
    return checkForm(json);
  } catch (error) {
    if (isRejection(error)) throw invalid(key, `forms/${file}: ${error.message}`);
    throw error;
  }
}

/**
 * The forms a shipped process names. Read from the text: whether the file is sound BPMN is the engine's question, asked on
 * deployment, and packages write the attribute in one way.
 */
function namedForms(bpmn: Uint8Array): string[] {
  const names = [...new TextDecoder().decode(bpmn).matchAll(/\sov:form="([^"]*)"/g)].map((match) => match[1]!);
  return [...new Set(names)];
}

function hasElement(bpmn: Uint8Array, id: string): boolean {
  return new TextDecoder().decode(bpmn).includes(` id="${id}"`);
}

async function readJson(folder: string, key: string, file: string): Promise<unknown> {
  const text = new TextDecoder().decode(await read(folder, key, file));
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalid(key, `${file} is not JSON: ${String(error)}`);
  }
}

async function read(folder: string, key: string, file: string): Promise<Uint8Array> {
  return readFile(join(folder, file)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw invalid(key, `${file} is missing`);
    throw error;
  });
}

function invalid(key: string, reason: string): Rejection {
  return new Rejection('invalid', 'package.invalid', `Expected a process package '${key}', but ${reason}`, {
    package: key,
    reason,
  });
}
