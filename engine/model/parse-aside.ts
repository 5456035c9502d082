import { Rejection, type RejectionKind } from '../kernel/rejection.ts';
import type { JsonValue } from '../kernel/json.ts';
import { startThread } from '../kernel/thread.ts';
import { guardXml } from './guards.ts';
import { parseBpmn } from './parse.ts';
import type { ParsedModel } from './parsed-model.ts';

/** Up to here (UTF-16 units) a file may be looked through on the main thread: 20 ms at worst. */
const GUARDED_INLINE = 256 * 1024;
/** Up to here, diagram not counted, the worst file we know parses within 100 ms: not worth a thread. */
const PARSED_INLINE = 32 * 1024;
const DEADLINE_MS = 10_000;
const MAX_WAITING = 20;

/** What the thread answers. */
export type ParseAnswer =
  | { readonly model: ParsedModel }
  | {
      readonly rejection: {
        readonly kind: RejectionKind;
        readonly code: string;
        readonly message: string;
        readonly details: Readonly<Record<string, JsonValue>>;
      };
    };

let line: Promise<unknown> = Promise.resolve();
let waiting = 0;

/**
 * `parseBpmn`, in a thread of its own where the file is large, one file at a time. Rejects as `parseBpmn` does, and with
 * `upload.too_costly` after 10 s, `upload.busy` (unavailable) when 20 large files wait already.
 */
export async function parseAside(xml: string): Promise<ParsedModel> {
  const readable = xml.length <= GUARDED_INLINE ? guardXml(xml) : xml;
  if (readable.length <= PARSED_INLINE) return parseBpmn(readable);
  if (waiting >= MAX_WAITING) {
    throw new Rejection(
      'unavailable',
      'upload.busy',
      `Expected a free reader, but ${waiting} large files wait already`,
    );
  }
  waiting++;
  const parsed = line.then(() => parseInThread(readable));
  line = parsed.catch(() => undefined).finally(() => waiting--);
  const answer = await parsed;
  if ('model' in answer) return answer.model;
  const { kind, code, message, details } = answer.rejection;
  throw new Rejection(kind, code, message, details);
}

function parseInThread(xml: string): Promise<ParseAnswer> {
  return new Promise((resolve, reject) => {
    const worker = startThread(import.meta.url, './parse-worker', {
      workerData: xml,
      resourceLimits: { maxOldGenerationSizeMb: 512 },
    });
    const end = (settle: () => void) => {
      clearTimeout(timer);
      void worker.terminate();
      settle();
    };
    const timer = setTimeout(() => end(() => reject(tooCostly())), DEADLINE_MS);
    worker.once('message', (answer: ParseAnswer) => end(() => resolve(answer)));
    // out of memory arrives here too: the file asked for more than the thread may have
    worker.once('error', (error: NodeJS.ErrnoException) =>
      end(() => reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooCostly() : error)),
    );
  });
}

function tooCostly(): Rejection {
  return new Rejection(
    'too-large',
    'upload.too_costly',
    `Expected to read the file within ${DEADLINE_MS} ms, but it takes more`,
  );
}
