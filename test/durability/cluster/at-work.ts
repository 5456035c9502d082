/** Some who are at work on a city while things go wrong. */
export interface AtWork {
  /** Ends some time after `rest`. */
  work(): Promise<void>;
  /** Begins nothing new. */
  rest(): void;
  /** Brings to its end what was begun, as long as there is time. */
  finish(isTime: () => boolean): Promise<void>;
}
