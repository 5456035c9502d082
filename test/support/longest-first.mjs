import { createRequire } from 'node:module';

const { default: Sequencer } = createRequire(createRequire(import.meta.url).resolve('jest'))('@jest/test-sequencer');

/** Where nothing is known of earlier runs, Jest goes by the size of files: then the longest of all would run last, alone. */
const LONGEST = [
  'durability/cluster/failpoints',
  'durability/crash',
  'durability/cluster/poison',
  'engine/store/sqlite',
  'services/mongo-faults',
  'services/live',
];

export default class LongestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => {
      const at = LONGEST.findIndex((name) => path.endsWith(`/test/${name}.test.ts`));
      return at < 0 ? LONGEST.length : at;
    };
    return super.sort(tests).sort((a, b) => rank(a) - rank(b));
  }
}
