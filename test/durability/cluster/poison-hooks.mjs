/** A connector that brings down its node when it is to call an address that ends with /dies: as native code may. */
const FILE = '/connectors/http.js';
const LINE = 'const target = allowedUrl(url, allowed);';

export async function load(url, context, next) {
  const loaded = await next(url, context);
  if (!url.endsWith(FILE)) return loaded;
  const source = String(loaded.source);
  if (!source.includes(LINE)) throw new Error(`the poison does not fit ${url} any more`);
  return { ...loaded, source: source.replace(LINE, `if (url.endsWith('/dies')) process.exit(9);\n${LINE}`) };
}
