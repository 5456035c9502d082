/** A count that nobody made further than `most`: "99+". */
export function upTo(most: number, count: number): string {
  return count < most ? String(count) : `${most}+`;
}
