import type { JsonValue } from '../../engine/kernel/json.ts';

interface Done {
  do: string;
  from: string;
  to: string;
  count: number;
}

/** What an element is called by its id. */
type NameOf = (element: string) => string;

/** What the operations of a modification did, as its event keeps them, in words. */
export function operationsZh(operations: JsonValue | undefined, nameOf: NameOf): string {
  return read(operations, nameOf)
    .map(({ do: verb, from, to, count }) => {
      const times = count > 1 ? `（${count} 个）` : '';
      if (verb === 'move') return `“${from}”改为“${to}”${times}`;
      return verb === 'add' ? `新增“${to}”${times}` : `取消“${from}”${times}`;
    })
    .join('；');
}

export function operationsEn(operations: JsonValue | undefined, nameOf: NameOf): string {
  return read(operations, nameOf)
    .map(({ do: verb, from, to, count }) => {
      const times = count > 1 ? ` (${count} times)` : '';
      if (verb === 'move') return `“${from}” to “${to}”${times}`;
      return verb === 'add' ? `added “${to}”${times}` : `cancelled “${from}”${times}`;
    })
    .join('; ');
}

function read(operations: JsonValue | undefined, nameOf: NameOf): Done[] {
  if (!Array.isArray(operations)) return [];
  return operations.map((each) => {
    const { do: verb, from, to, count } = each as Record<string, JsonValue>;
    return { do: text(verb), from: nameIn(from, nameOf), to: nameIn(to, nameOf), count: Number(count) };
  });
}

/** The event keeps the name of that time; the id instead where there was none. */
function nameIn(element: JsonValue | undefined, nameOf: NameOf): string {
  if (element === null || typeof element !== 'object' || Array.isArray(element)) return '';
  return element.name === element.id ? nameOf(text(element.id)) : text(element.name);
}

function text(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
