import type { CommandOptions } from '../../engine/engine.ts';
import type { CaseRow } from '../../engine/store/ports.ts';

/** Keeps, for an Idempotency-Key, what a note on a case was about instead of the case. */
export function answering<T>(
  options: CommandOptions<T> | undefined,
  answer: () => T,
): CommandOptions<CaseRow> | undefined {
  const { receipt } = options ?? {};
  return receipt && { receipt: () => receipt(answer()) };
}
