// send-and-hang DIRECTORY ROUND hang|finish: a node on the embedded store that sends what is due. With `hang` it never hears
// that a notice was taken, as when it dies in between; it tells each notice that the catcher holds.
import { openSqliteStore } from '../../../engine/store/sqlite/index.ts';
import { messageCatcher } from '../../../processes/notices/index.ts';
import { urgeCase } from '../../../processes/supervision/index.ts';
import { HOUR, watchedOffice } from '../../support/watched-office.ts';

const [, , directory, round, mode] = process.argv;
const store = await openSqliteStore({ directory: directory! });
const catcher = messageCatcher(store);
const desk = watchedOffice({
  store,
  channel: {
    async send(notice) {
      await catcher.send(notice);
      process.stdout.write(`sent ${notice.id}\n`);
      if (mode === 'hang') await new Promise(() => setInterval(() => {}, 1_000));
    },
  },
});

// every round finds the leases of the one before run out
desk.clock.advance(Number(round) * HOUR);
if (round === '0') await urgeCase(desk, { caseId: await desk.apply() }, desk.person('supervisor-feng'));
await desk.engine.runDueJobs();
await store.close();
process.stdout.write('done\n');
