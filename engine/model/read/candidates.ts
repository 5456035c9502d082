import { textSource, type Source } from '../source.ts';

/**
 * `tax, housing`, or a FEEL list of texts `= ["tax", "housing"]`: plain names. With an expression among them
 * (`tax, ${department}`, `= departments`) the names are those it gives when the task opens.
 */
export function readCandidates(text: string): readonly string[] | Source {
  if (text.startsWith('=')) return constantList(text.slice(1)) ?? textSource(text);
  const items = splitNames(text);
  if (!/[$#]\{/.test(text)) return items;
  const sources = items.map(textSource);
  if (sources.length === 1) return sources[0]!;
  const refused = sources.find((item) => 'refused' in item);
  if (refused) return refused;
  const parts = sources.map((item) =>
    'feel' in item ? item.feel : JSON.stringify('literal' in item ? item.literal : ''),
  );
  return { feel: `[${parts.join(', ')}]` };
}

/** At commas, but not inside `${…}` or brackets. */
export function splitNames(text: string): string[] {
  const items: string[] = [];
  let depth = 0;
  let item = '';
  for (const character of text) {
    if ('{(['.includes(character)) depth++;
    else if ('})]'.includes(character)) depth--;
    if (depth === 0 && /[,，、]/.test(character)) {
      items.push(item);
      item = '';
    } else item += character;
  }
  return [...items, item].map((name) => name.trim()).filter((name) => name !== '');
}

function constantList(feel: string): string[] | undefined {
  try {
    const value: unknown = JSON.parse(feel);
    const items = typeof value === 'string' ? splitNames(value) : value;
    return Array.isArray(items) && items.every((item): item is string => typeof item === 'string') ? items : undefined;
  } catch {
    return undefined;
  }
}
