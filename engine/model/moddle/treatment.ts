/**
 * What becomes of an attribute or element of another vendor's namespace. `kept`: it stays in the file, and nothing would run
 * because of it. `warned`: it has no effect, and the designer is told. `refused`: work that cannot run here.
 */
export type Treatment = 'supported' | 'translated' | 'kept' | 'warned' | 'refused';

export interface Treated {
  readonly treatment: Treatment;
  /** The way out, for what is warned about or refused. */
  readonly zh?: string;
  readonly en?: string;
  /** Says who does the work of a task: where the task has work that runs as well, it is only warned about. */
  readonly isWork?: true;
}

export type Treatments = ReadonlyMap<string, Treated>;

/** Names that share one fate. */
export function all(treatment: Treatment, ...names: string[]): [string, Treated][] {
  return names.map((name) => [name, { treatment }]);
}

export function told(
  treatment: 'warned' | 'refused',
  names: readonly string[],
  zh: string,
  en: string,
): [string, Treated][] {
  return names.map((name) => [name, { treatment, zh, en }]);
}

/** Refused, unless the task has other work that runs. */
export function work(names: readonly string[], zh: string, en: string): [string, Treated][] {
  return names.map((name) => [name, { treatment: 'refused', zh, en, isWork: true }]);
}
