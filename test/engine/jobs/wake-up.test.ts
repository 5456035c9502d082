import { inProcessWakeUp, systemClock } from '../../../engine/index.ts';
import { wakeUpContract } from '../../contracts/wake-up.contract.ts';

wakeUpContract('in-process', async (look) => {
  const wakeUp = inProcessWakeUp(systemClock);
  wakeUp.start(look);
  return wakeUp;
});
