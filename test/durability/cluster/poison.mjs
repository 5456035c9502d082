// node --import …/poison.mjs: the server with the changes of poison-edits.mjs.
import { register } from 'node:module';
import { POISON } from './poison-edits.mjs';

register('./edit-hooks.mjs', import.meta.url, { data: POISON });
