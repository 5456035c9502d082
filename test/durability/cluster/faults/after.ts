import { pause, type Fault } from './fault.ts';

/** The fault, so many ms later. */
export function after(ms: number, fault: Fault): Fault {
  return async (...args) => {
    await pause(ms);
    return fault(...args);
  };
}
