import { checkUpload } from '../../engine/model/index.ts';
import type { ProcessGraph } from '../../engine/model/graph.ts';

/** The graph of a model that passes the check of an upload: of the first process that runs. Fails with what was found. */
export async function graphOf(xml: string): Promise<ProcessGraph> {
  const { graphs, findings } = await checkUpload(Buffer.from(xml));
  if (!graphs[0]) throw new Error(JSON.stringify(findings));
  return graphs[0];
}
