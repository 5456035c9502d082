/** A connector that brings down its node when it is to call an address that ends with /dies, as native code may. */
const DIES = {
  file: '/connectors/http.js',
  line: 'const target = allowedUrl(url, allowed);',
  becomes: "if (url.endsWith('/dies')) process.exit(9); const target = allowedUrl(url, allowed);",
};

/** What hangs is not waited for as long as in a real house. */
const IMPATIENT = { file: '/jobs/run-job.js', line: 'JOB_LIMIT_MS = 30_000;', becomes: 'JOB_LIMIT_MS = 8_000;' };

/** What happens to suspects on trial is tried in test/engine/jobs/suspects.test.ts. */
const SHORT_TRIAL = { file: '/jobs/suspects.js', line: 'TRIAL_MS = 20_000;', becomes: 'TRIAL_MS = 10_000;' };

export const POISON = [DIES, IMPATIENT, SHORT_TRIAL];
