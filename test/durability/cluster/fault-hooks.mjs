/**
 * Faults that the checker has to find: one line of the built server is changed while it is loaded. A line that is no longer
 * there stops the server, so that no fault is silently left out.
 */
const FAULTS = {
  // two nodes write a case at once, and the second does not notice the first
  'last-write-wins': {
    file: '/store/mongo/commit.js',
    line: 'rev: { $eq: whole(commit.expectedRev) },',
    becomes: '',
  },
  // now and then a step is acknowledged and not written
  'acknowledges-too-early': {
    file: '/store/mongo/commit.js',
    line: 'const before = await write(session, commit, { id, fields, own });',
    becomes: `if (commit.expectedRev > 0 && Math.random() < 0.1) {
      if (holds) await releaseHolds(into, commit, hold.nonce);
      return 'ok';
    }
    const before = await write(session, commit, { id, fields, own });`,
  },
  // a repeated request is taken for a new one
  'forgets-answers': { file: '/store/mongo/records.js', line: 'if (found.expiresAt > now)', becomes: 'if (false)' },
};

let fault;

export function initialize(name) {
  fault = FAULTS[name];
  if (!fault) throw new Error(`there is no fault '${name}'`);
}

export async function load(url, context, next) {
  const loaded = await next(url, context);
  if (!url.endsWith(fault.file)) return loaded;
  const source = String(loaded.source);
  if (!source.includes(fault.line)) throw new Error(`the fault does not fit ${url} any more`);
  return { ...loaded, source: source.replace(fault.line, fault.becomes) };
}
