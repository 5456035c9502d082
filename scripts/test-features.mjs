// tsx scripts/test-features.mjs [jest options]: the feature tests once more, their cases in MongoDB, every command judged.
import { spawn } from 'node:child_process';
import { startMongo } from '../test/support/mongo.ts';

const server = await startMongo();
if (!server) {
  console.error('\n*** SKIPPED: the feature tests did not run on MongoDB, there is none ***\n');
  process.exit(process.env.CI ? 1 : 0);
}
const env = { ...process.env, FEATURES_MONGODB_URI: server.uri('features') };
const suite = spawn(process.execPath, ['scripts/suite.mjs', 'features-on-mongo', ...process.argv.slice(2)], {
  stdio: 'inherit',
  env,
});
const code = await new Promise((ended) => suite.once('exit', ended));
await server.stop();
process.exit(code ?? 1);
