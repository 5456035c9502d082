/** A line of a built file, and what stands there instead. */
export interface Edit {
  readonly file: string;
  readonly line: string;
  readonly becomes: string;
}

export const SEEDED: Readonly<Record<string, readonly Edit[]>>;
