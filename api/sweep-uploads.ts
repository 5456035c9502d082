import type { Clock } from '../engine/index.ts';
import type { UploadedFiles } from '../processes/casework/index.ts';

const EVERY_MS = 3_600_000;

/**
 * Removes what uploads left in which their node was killed: at once, then every hour. `clock` is real time. Any node may do
 * it, and several at once. `told` hears how many there were. Answers how to stop.
 */
export function sweepUploads(
  files: Pick<UploadedFiles, 'sweep'>,
  { clock, told, onError }: { clock: Clock; told: (swept: number) => void; onError: (error: unknown) => void },
): () => void {
  const sweep = () =>
    void files.sweep(clock.now()).then((swept) => {
      if (swept > 0) told(swept);
    }, onError);
  sweep();
  const timer = setInterval(sweep, EVERY_MS).unref();
  return () => clearInterval(timer);
}
