import { everySecond } from './every-second.ts';

await everySecond(0);
