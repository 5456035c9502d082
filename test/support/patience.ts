/**
 * How long a test may take, in ms, before it counts as hung. On MongoDB the feature tests run aside of CI's other suites,
 * on what these leave of the processor: there a slow minute is no failure, and only what stands still is ended.
 */
export function patience(ms: number): number {
  return process.env.FEATURES_MONGODB_URI ? Math.max(ms, 600_000) : ms;
}
