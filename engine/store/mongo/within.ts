import { unavailableRejection } from '../refusals.ts';

/** `store.unavailable` when it takes longer (ms). What was begun goes on, and whether it was done is not known. */
export function within<T>(ms: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = () => reject(unavailableRejection(`MongoDB gave no answer within ${ms} ms`));
    const timer = setTimeout(late, ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
