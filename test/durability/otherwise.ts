/** That something is shown otherwise than the histories tell of it, in a sentence; empty where it is not. */
export function otherwise(sentence: string, told: unknown, shown: unknown): string[] {
  const [expected, found] = [JSON.stringify(told), JSON.stringify(shown)];
  return expected === found ? [] : [`${sentence}: ${found} instead of ${expected}`];
}
