import { createIndexes, fillLights, undeclaredIndexes } from '../engine/store/mongo/index.ts';
import { readConfig } from './config.ts';

/** `npm run migrate`: makes the database fit this version. Safe to run again, and while nodes are at work. */
try {
  const { mongodbUri } = readConfig(process.env);
  if (mongodbUri === undefined) {
    console.log('The embedded store brings itself up to date when it is opened; MONGODB_URI is not set.');
  } else {
    const created = await createIndexes(mongodbUri);
    console.log(created.length > 0 ? `Created: ${created.join(', ')}` : 'Every index is there already.');
    const undeclared = await undeclaredIndexes(mongodbUri);
    if (undeclared.length > 0)
      console.log(`Not used by this version, and left alone (docs/mongodb.md): ${undeclared.join(', ')}`);
    const { cases, tasks } = await fillLights({ uri: mongodbUri });
    if (cases + tasks > 0)
      console.log(`Lights of an older version brought up to date: ${cases} cases, ${tasks} tasks.`);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
