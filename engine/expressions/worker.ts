import { parentPort } from 'node:worker_threads';
import type { JsonObject } from '../kernel/json.ts';
import { compileProgram } from './program.ts';
import type { Program } from './program.ts';

/** Runs what only a deadline bounds. The other side ends this thread when it takes too long. */

export interface Request {
  readonly text: string;
  readonly variables: JsonObject;
}

const WORKER_STEPS = 5_000_000;
const KEPT_PROGRAMS = 200;
const programs = new Map<string, Program>();

function programOf(text: string): Program {
  let program = programs.get(text);
  if (!program) {
    program = compileProgram(text);
    if (programs.size >= KEPT_PROGRAMS) programs.delete(programs.keys().next().value!);
    programs.set(text, program);
  }
  return program;
}

const port = parentPort!;
port.on('message', ({ text, variables }: Request) => port.postMessage(programOf(text).run(variables, WORKER_STEPS)));
port.postMessage('ready');
