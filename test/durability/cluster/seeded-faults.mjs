/** Faults that the checker has to find, each as the lines of the built server that it changes. */

/** The interpreter itself refuses a timer that is not due: without this the fault behind it would stay hidden. */
const NEVER_EARLY = {
  file: '/core/commands.js',
  line: "if (armed.type === 'timer' && (armed.dueAt === null || armed.dueAt > run.now)) {",
  becomes: 'if (false) {',
};

export const SEEDED = {
  // two nodes write a case at once, and the second does not notice the first
  'no-compare-and-set': [
    { file: '/store/mongo/commit.js', line: 'rev: { $eq: whole(commit.expectedRev) },', becomes: '' },
  ],
  // now and then a step is acknowledged and not written
  'acknowledge-before-commit': [
    {
      file: '/store/mongo/commit.js',
      line: 'const before = await write(session, commit, { id, fields, own });',
      becomes: `if (commit.expectedRev > 0 && Math.random() < 0.1) {
        if (holds) await releaseHolds(into, commit, hold.nonce);
        return 'ok';
      }
      const before = await write(session, commit, { id, fields, own });`,
    },
  ],
  // a node that lost its lease writes all the same; nodes are slow and leases short
  'no-fencing': [
    {
      file: '/store/mongo/holds.js',
      line: 'return (await into.jobs.updateOne(free, { $set: { hold } })).matchedCount === 1;',
      becomes: 'await into.jobs.updateOne(free, { $set: { hold } }); return true;',
    },
    { file: '/store/mongo/commit.js', line: "{ 'pending.gone': { $ne: keyOf(commit.fence.jobId) } }", becomes: '{}' },
    { file: '/jobs/leases.js', line: 'LEASE_MS = 10_000;', becomes: 'LEASE_MS = 200;' },
    {
      file: '/jobs/run-job.js',
      line: 'switch (job.kind) {',
      becomes: 'await new Promise((go) => setTimeout(go, Math.random() * 600)); switch (job.kind) {',
    },
    NEVER_EARLY,
  ],
  // due work is found by nobody
  'sweeper-off': [
    {
      file: '/store/mongo/jobs.js',
      line: 'export async function claimDueJobs(session, claim) {',
      becomes: 'export async function claimDueJobs(session, claim) { return [];',
    },
  ],
  // a call is put into the queue twice
  'double-enqueue': [
    {
      file: '/store/mongo/commit.js',
      line: 'const { into, settle, projector, reach } = session;',
      becomes: `const { into, settle, projector, reach } = session;
      for (const job of [...commit.jobs.put])
        if (job.kind === 'service') commit.jobs.put.push({ ...job, id: job.id + '.again' });`,
    },
  ],
  // a message goes to all cases that wait alike
  'message-to-all': [
    {
      file: '/cases/correlate-message.js',
      line: 'const taken = await deliver(deps, subscription, message, actor, how);',
      becomes: `const taken = await deliver(deps, subscription, message, actor, how);
        for (const other of taken ? untried : []) await deliver(deps, other, message, actor, {});`,
    },
  ],
  // one case of those that wait is not told of a signal
  'signal-lost': [
    { file: '/jobs/signal.js', line: 'const put = [...told].map(', becomes: 'const put = [...told].slice(1).map(' },
  ],
  // a result counts though its worker lost the lock
  'lock-ignored': [{ file: '/jobs/external.js', line: 'if (job.fence !== fence ||', becomes: 'if (false &&' }],
  // a call is put into the queue twice, and each opens a case
  'call-twice': [
    {
      file: '/store/mongo/commit.js',
      line: 'const { into, settle, projector, reach } = session;',
      becomes: `const { into, settle, projector, reach } = session;
      for (const job of [...commit.jobs.put])
        if (job.kind === 'call') commit.jobs.put.push({ ...job, id: job.id + '.again' });`,
    },
    {
      file: '/cases/call-rows.js',
      line: '.update(`${caseId} ${token} ${work}`)',
      becomes: '.update(`${caseId} ${token} ${work} ${Math.random()}`)',
    },
  ],
  // a parallel join does not wait for all
  'join-twice': [{ file: '/core/joins.js', line: 'node.incoming.every(', becomes: 'node.incoming.some(' }],
  // work is taken before it is due
  'early-timer': [
    {
      file: '/store/mongo/jobs.js',
      line: 'export async function claimDueJobs(session, claim) {',
      becomes: 'export async function claimDueJobs(session, claim) { claim = { ...claim, now: claim.now + 5_000 };',
    },
    NEVER_EARLY,
  ],
  // now and then an event does not carry the hash of the one before, and the server finds nothing wrong with it
  'unchained-event': [
    {
      file: '/engine/cases/history.js',
      line: 'prevHash = row.hash;',
      becomes: 'if (Math.random() < 0.9) prevHash = row.hash;',
    },
    {
      file: '/api/routes/cases/history.js',
      line: 'if (!verifyChain(events).ok || named !== row.lastHash)',
      becomes: 'if (false)',
    },
  ],
  // now and then what was filled in is not kept
  'lost-variable': [
    {
      file: '/casework/complete-task.js',
      line: 'engine.completeTask({ taskId: task.id, variables, documents },',
      becomes: 'engine.completeTask({ taskId: task.id, variables: Math.random() < 0.2 ? {} : variables, documents },',
    },
  ],
  // what a case put into a record comes back later, over what others have put there since
  'older-record': [
    { file: '/store/mongo/turns.js', line: 'turn: { $lt: turn }', becomes: '' },
    {
      file: '/store/mongo/project.js',
      line: 'await applyGuarded(into.documents, inTurn(',
      becomes: `setTimeout(() => applyGuarded(into.documents, inTurn(documents, turns)).catch(() => undefined), 2_000);
        await applyGuarded(into.documents, inTurn(`,
    },
  ],
  // now and then a step is put in place once more a second later, over what later ones have put there since
  'older-row': [
    {
      file: '/store/mongo/project.js',
      line: 'const step = { src: keyOf(entry.src), rev, nonce, now };',
      becomes: `const step = { src: keyOf(entry.src), rev, nonce, now };
        if (!pending.late && Math.random() < 0.3)
          setTimeout(() => project(into, { ...pending, late: true }, now).catch(() => undefined), 1_000);`,
    },
    {
      file: '/store/mongo/project.js',
      line: 'function notPutBy({ src, rev }, id) {',
      becomes: 'function notPutBy({ src, rev }, id) { return { _id: keyOf(id) };',
    },
    {
      file: '/store/mongo/project.js',
      line: 'function notTakenSince({ src, rev }, { id, fence }) {',
      becomes: 'function notTakenSince({ src, rev }, { id, fence }) { return { _id: keyOf(id) };',
    },
  ],
  // now and then an urge is acknowledged and not put on record
  'urge-lost': [
    {
      file: '/supervision/urge.js',
      line: "events: [{ type: 'case.urged',",
      becomes: "events: Math.random() < 0.6 ? [] : [{ type: 'case.urged',",
    },
  ],
  // now and then a hold is put on record, and the clock runs on
  'hold-lost': [
    {
      file: '/cases/hold-case.js',
      line: 'holds: [...clock.holds, begun]',
      becomes: 'holds: Math.random() < 0.5 ? clock.holds : [...clock.holds, begun]',
    },
  ],
  // now and then the lists of orders and public reasons do not hear of a change
  unlisted: [
    {
      file: '/cases/note-case.js',
      line: '...(documents && {',
      becomes: '...(documents && Math.random() < 0.5 && {',
    },
  ],
  // now and then the other cases of an order do not hear what was done with it
  unnoted: [
    {
      file: '/supervision/noted-orders.js',
      line: "type.startsWith('order.') &&",
      becomes: "Math.random() < 0.7 && type.startsWith('order.') &&",
    },
  ],
  // a case that is moved by hand arrives twice
  'moved-twice': [
    {
      file: '/core/modification/target.js',
      line: "run.push({ do: 'arrive', node, scope: scope.id, flow });",
      becomes:
        "for (const more of [0, 1]) { scope.live += more; run.push({ do: 'arrive', node, scope: scope.id, flow }); }",
    },
  ],
  // of several activities that are chosen at once the first is begun
  'choice-lost': [
    {
      file: '/core/ad-hoc.js',
      line: 'for (const activity of activities)',
      becomes: 'for (const activity of activities.slice(0, 1))',
    },
  ],
  // a part of each file is kept
  'file-cut': [
    {
      file: '/casework/uploaded-files.js',
      line: 'kept.write(id, bytes)',
      becomes: 'kept.write(id, bytes.subarray(0, 9))',
    },
  ],
  // a repeated request is taken for a new one
  'no-de-duplication': [
    { file: '/store/mongo/records.js', line: 'if (found.expiresAt > now)', becomes: 'if (false)' },
    { file: '/store/mongo/commit.js', line: 'answered: { $ne: answered }', becomes: '' },
  ],
  // nodes go by their own clocks, and those differ
  'own-clocks': [
    {
      file: '/store/mongo/open.js',
      line: 'const clock = options.clock ?? serverClock;',
      becomes:
        'const skew = (Math.random() - 0.5) * 60_000; const clock = { now: () => Date.now() + Math.round(skew) };',
    },
  ],
};
