import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { JsonObject } from '../../engine/kernel/json.ts';
import { connectToData, serveOnData } from '../data-socket.ts';
import type { TokenDocuments } from '../http/api-tokens.ts';

const NAME = 'tokens';

type Request = { put: { id: string; document: JsonObject } } | { list: true };
type Answer = { found?: Awaited<ReturnType<TokenDocuments['list']>>; error?: string };

/**
 * Lets `npm run token` reach the tokens of this process's store, one line as JSON for each request. Who may write to the
 * folder may ask; no token passes, only its digest. Undefined as `serveOnData` says.
 */
export function serveTokens(dataDir: string, documents: TokenDocuments): Promise<{ close(): void } | undefined> {
  return serveOnData(dataDir, NAME, (socket) => void serve(socket, documents));
}

async function serve(socket: Socket, documents: TokenDocuments): Promise<void> {
  for await (const line of createInterface({ input: socket })) {
    const answer = await answered(documents, line).catch((error: Error): Answer => ({ error: error.message }));
    socket.write(`${JSON.stringify(answer)}\n`);
  }
}

async function answered(documents: TokenDocuments, line: string): Promise<Answer> {
  const request = JSON.parse(line) as Request;
  if ('list' in request) return { found: await documents.list() };
  await documents.put(request.put.id, request.put.document);
  return {};
}

/** The tokens of the process that has the folder open; undefined when there is none. */
export async function runningTokens(dataDir: string): Promise<(TokenDocuments & { close(): void }) | undefined> {
  const socket = await connectToData(dataDir, NAME);
  if (!socket) return undefined;
  const lines = createInterface({ input: socket })[Symbol.asyncIterator]();
  const ask = async (request: Request): Promise<Answer> => {
    socket.write(`${JSON.stringify(request)}\n`);
    const line = (await lines.next()).value as string | undefined;
    const answer: Answer = line === undefined ? { error: 'it has gone' } : (JSON.parse(line) as Answer);
    if (answer.error !== undefined) throw new Error(`The server could not do it: ${answer.error}`);
    return answer;
  };
  return {
    list: async () => (await ask({ list: true })).found ?? [],
    put: async (id, document) => void (await ask({ put: { id, document } })),
    close: () => socket.destroy(),
  };
}
