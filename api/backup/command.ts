import { resolve } from 'node:path';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { readConfig, type Config } from '../config.ts';

/** Runs one of the commands beside the server; false or an error ends the process with 1. */
export async function command<Options extends ParseArgsConfig['options']>(
  usage: string,
  options: Options,
  run: (given: { config: Config; folder: string | undefined; values: Record<string, unknown> }) => Promise<boolean>,
): Promise<void> {
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    if (positionals.length > 1) throw new Error(`Usage: ${usage}`);
    // npm changes to its own folder: a relative one is meant from where the command was given
    const [first] = positionals;
    const folder = first === undefined ? undefined : resolve(process.env.INIT_CWD ?? process.cwd(), first);
    if (!(await run({ config: readConfig(process.env), folder, values }))) process.exitCode = 1;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

/** Backups of this kind are of the embedded store only. */
export function refuseMongo({ mongodbUri }: Config): void {
  if (mongodbUri !== undefined)
    throw new Error('MONGODB_URI is set: back up and restore the database with its own tools, see docs/backup.md');
}
