import type { JsonValue } from '../../engine/kernel/json.ts';

interface Done {
  do: string;
  from: string;
  to: string;
  count: number;
}

/** What the operations of a modification did, as its event keeps them, in words. */
export function operationsZh(operations: JsonValue | undefined): string {
  return read(operations)
    .map(({ do: verb, from, to, count }) => {
      const times = count > 1 ? `（${count} 个）` : '';
      if (verb === 'move') return `“${from}”改为“${to}”${times}`;
      return verb === 'add' ? `新增“${to}”${times}` : `取消“${from}”${times}`;
    })
    .join('；');
}

export function operationsEn(operations: JsonValue | undefined): string {
  return read(operations)
    .map(({ do: verb, from, to, count }) => {
      const times = count > 1 ? ` (${count} times)` : '';
      if (verb === 'move') return `“${from}” to “${to}”${times}`;
      return verb === 'add' ? `added “${to}”${times}` : `cancelled “${from}”${times}`;
    })
    .join('; ');
}

function read(operations: JsonValue | undefined): Done[] {
  if (!Array.isArray(operations)) return [];
  return operations.map((each) => {
    const { do: verb, from, to, count } = each as Record<string, JsonValue>;
    return { do: text(verb), from: nameOf(from), to: nameOf(to), count: Number(count) };
  });
}

function nameOf(element: JsonValue | undefined): string {
  return element !== null && typeof element === 'object' && !Array.isArray(element) ? text(element.name) : '';
}

function text(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
