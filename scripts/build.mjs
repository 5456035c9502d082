import { buildServer } from './build-server.mjs';
import { buildUi } from './build-ui.mjs';

buildServer();
await buildUi().done;
