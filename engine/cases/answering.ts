import type { CommandOptions } from '../engine.ts';

/** The options of a command that another one consists of: what is kept as its answer is that of the other, by `as`. */
export function answering<Whole, Part>(
  options: CommandOptions<Whole> | undefined,
  as: (part: Part) => Whole,
): CommandOptions<Part> {
  const receipt = options?.receipt;
  return receipt ? { ...options, receipt: (part) => receipt(as(part)) } : {};
}
