import type { CommandOptions } from '../engine.ts';

/** The options of a command whose result is a part of another's: its answer is kept as the other's, with `as`. */
export function answering<Whole, Part>(
  options: CommandOptions<Whole> | undefined,
  as: (part: Part) => Whole,
): CommandOptions<Part> {
  const receipt = options?.receipt;
  return receipt ? { ...options, receipt: (part) => receipt(as(part)) } : {};
}
