/** Thrown when an evaluation has used up its steps. */
export class OutOfSteps extends Error {}

const MAX_WARNINGS = 20;

/** What one evaluation spends and notes: every loop pays a step per element, so no evaluation runs for ever. */
export class Work {
  readonly warnings: string[] = [];
  private left: number;

  constructor(steps: number) {
    this.left = steps;
  }

  charge(steps: number): void {
    this.left -= steps;
    if (this.left < 0) throw new OutOfSteps();
  }

  /** Pays for producing or scanning a text of this length. */
  chargeText(length: number): void {
    this.charge(1 + (length >> 4));
  }

  /** Notes why the value is null, and is that null. */
  warn(warning: string): null {
    if (this.warnings.length < MAX_WARNINGS && !this.warnings.includes(warning)) this.warnings.push(warning);
    return null;
  }
}
