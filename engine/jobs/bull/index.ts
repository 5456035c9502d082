export { bullWakeUp, type BullOptions } from './bull-wake-up.ts';
