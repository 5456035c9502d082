/**
 * Changes lines of the built server while it is loaded. A line that is no longer there stops the server, so that nothing is
 * silently left out.
 */
let edits = [];

export function initialize(data) {
  edits = data;
}

export async function load(url, context, next) {
  const loaded = await next(url, context);
  const own = edits.filter(({ file }) => url.endsWith(file));
  if (own.length === 0) return loaded;
  let source = String(loaded.source);
  for (const { line, becomes } of own) {
    if (!source.includes(line)) throw new Error(`'${line}' is not in ${url} any more`);
    source = source.replace(line, () => becomes);
  }
  return { ...loaded, source };
}
