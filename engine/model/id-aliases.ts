/** Ids that the BPMN parser takes as they are. */
const PLAIN = /^[A-Za-z_][\w.-]*$/;
const ID_ATTRIBUTE = /\sid\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const VALUE = /(=\s*")([^"<]*)(?=")|(=\s*')([^'<]*)(?=')|(>)([^<>]+)(?=<)/g;
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

export interface AliasedXml {
  readonly xml: string;
  /** alias -> id as the designer wrote it */
  readonly originals: ReadonlyMap<string, string>;
}

/**
 * The parser refuses ids beyond ASCII, which XML allows: `id="审核"` gets an ASCII alias wherever the whole value is that
 * id. A name or text that happens to be the same gets it too, and `restoreIds` gives it back.
 */
export function aliasIds(xml: string): AliasedXml {
  const originals = new Map<string, string>();
  const aliases = new Map<string, string>();
  let prefix = '_ovid_';
  while (xml.includes(prefix)) prefix = `_${prefix}`;
  for (const [, double, single] of xml.matchAll(ID_ATTRIBUTE)) {
    const written = double ?? single ?? '';
    if (written === '' || aliases.has(written) || (PLAIN.test(written) && !(written in Object.prototype))) continue;
    const alias = `${prefix}${aliases.size}`;
    aliases.set(written, alias);
    originals.set(alias, unescape(written));
  }
  if (aliases.size === 0) return { xml, originals };
  const aliased = xml.replace(VALUE, (whole, ...groups: (string | undefined)[]) => {
    const [mark, value] = [groups[0] ?? groups[2] ?? groups[4]!, groups[1] ?? groups[3] ?? groups[5]!];
    const alias = aliases.get(value) ?? aliases.get(value.trim());
    return alias === undefined ? whole : mark + alias;
  });
  return { xml: aliased, originals };
}

/** A copy of plain data in which every alias is the original id again. */
export function restoreIds<Data>(data: Data, originals: ReadonlyMap<string, string>): Data {
  if (originals.size === 0) return data;
  const restore = (value: unknown): unknown => {
    if (typeof value === 'string') return originals.get(value) ?? value;
    if (Array.isArray(value)) return value.map(restore);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, restore(part)]));
  };
  return restore(data) as Data;
}

function unescape(text: string): string {
  return text.replace(/&(lt|gt|amp|quot|apos);/g, (_, name: string) => ENTITIES[name]!);
}
