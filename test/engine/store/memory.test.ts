import { memoryStore } from '../../../engine/store/memory/index.ts';
import { storeContract } from '../../contracts/store.contract.ts';

storeContract('memory', () => Promise.resolve(memoryStore()));
