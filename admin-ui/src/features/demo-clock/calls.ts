import type { ClockMove, ClockMoved } from '../../shared/contract.ts';
import { call } from '../../shared/http.ts';

export const moveDemoClock = (move: ClockMove): Promise<ClockMoved> => call('moveDemoClock', { body: move });
