import { MessageChannel, receiveMessageOnPort, type MessagePort } from 'node:worker_threads';
import { afterWork } from '../kernel/after-work.ts';
import { Rejection, type RejectionKind } from '../kernel/rejection.ts';
import type { JsonValue } from '../kernel/json.ts';
import { startThread } from '../kernel/thread.ts';
import { guardXml } from './guards.ts';
import { addPart } from './model-parts.ts';
import { parseBpmn } from './parse.ts';
import type { ParsedModel } from './parsed-model.ts';
import { Turns } from './turns.ts';

/** Up to here (UTF-16 units) a file may be looked through on the main thread: 20 ms at worst. */
const GUARDED_INLINE = 256 * 1024;
/** Up to here, diagram not counted, the worst file we know parses within 100 ms: not worth a thread. */
const PARSED_INLINE = 32 * 1024;
const DEADLINE_MS = 10_000;
const MAX_WAITING = 20;

/** What the thread is given: the text, and where the parts of the model go. */
export interface ParseTask {
  readonly xml: string;
  readonly parts: MessagePort;
}

/** What the thread answers: the rest of the model when all parts have gone, or why there is none. */
export type ParseAnswer =
  | { readonly rest: ParsedModel }
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
 * `upload.too_costly` after 10 s of work, `upload.busy` (unavailable) when 20 large files wait already.
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
  return parsed;
}

async function parseInThread(xml: string): Promise<ParsedModel> {
  const { port1, port2 } = new MessageChannel();
  try {
    const answer = await answerOfThread({ xml, parts: port2 });
    if ('rest' in answer) return await takeIn(answer.rest, port1);
    const { kind, code, message, details } = answer.rejection;
    throw new Rejection(kind, code, message, details);
  } finally {
    port1.close();
  }
}

/** The parts wait in the port, to be taken out one by one while others get their turn. */
async function takeIn(rest: ParsedModel, port: MessagePort): Promise<ParsedModel> {
  const turns = new Turns();
  for (;;) {
    const received = receiveMessageOnPort(port);
    if (!received) return rest;
    addPart(rest, received.message);
    await turns.next();
  }
}

function answerOfThread(task: ParseTask): Promise<ParseAnswer> {
  return new Promise((resolve, reject) => {
    const worker = startThread(import.meta.url, './parse-worker', {
      workerData: task,
      transferList: [task.parts],
      resourceLimits: { maxOldGenerationSizeMb: 512 },
    });
    const end = (settle: () => void) => {
      deadline.cancel();
      void worker.terminate();
      settle();
    };
    const deadline = afterWork(DEADLINE_MS, () => end(() => reject(tooCostly())));
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
    `Expected to read the file within ${DEADLINE_MS} ms of work, but it takes more`,
  );
}
