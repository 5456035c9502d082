/** The machine's clock runs ahead (or behind, below 0) by so much, and by as much again after each SIGUSR2. */
export function setClock(aheadMs) {
  let ahead = aheadMs;
  const Right = Date;
  const now = () => Right.now() + ahead;
  globalThis.Date = class Date extends Right {
    constructor(...parts) {
      super(...(parts.length === 0 ? [now()] : parts));
    }
    static now = now;
  };
  process.on('SIGUSR2', () => (ahead += aheadMs));
}
