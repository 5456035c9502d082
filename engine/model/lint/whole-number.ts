/** A whole number as XML writes one (xsd:integer); undefined where it is none, or one of more than nine digits. */
export function wholeNumber(text: string): number | undefined {
  return /^[+-]?\d{1,9}$/.test(text) ? Number(text) : undefined;
}
