import { parentPort, workerData } from 'node:worker_threads';
import { isRejection } from '../kernel/rejection.ts';
import { cutModel } from './model-parts.ts';
import { parseBpmn } from './parse.ts';
import type { ParseAnswer, ParseTask } from './parse-aside.ts';

/** Parses one document and ends. Errors that are not refusals end the thread and reach the other side as they are. */
async function answer({ xml, parts: port }: ParseTask): Promise<ParseAnswer> {
  try {
    const { parts, rest } = cutModel(await parseBpmn(xml));
    for (const part of parts) port.postMessage(part);
    return { rest };
  } catch (error) {
    if (!isRejection(error)) throw error;
    const { kind, code, message, details } = error;
    return { rejection: { kind, code, message, details } };
  }
}

// the parser makes an Error for every element it drops; 20,000 stack traces take seconds
Error.stackTraceLimit = 0;
parentPort!.postMessage(await answer(workerData as ParseTask));
