import { openSqliteStore } from '../../../engine/store/sqlite/index.ts';
import { storeContract } from '../../contracts/store.contract.ts';
import { tempDirectory } from '../../support/stores.ts';

storeContract('SQLite', () => openSqliteStore({ directory: tempDirectory() }));
