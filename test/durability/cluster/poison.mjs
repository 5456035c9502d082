// node --import …/poison.mjs: the server with a connector that can be made to bring it down (poison-hooks.mjs).
import { register } from 'node:module';

register('./poison-hooks.mjs', import.meta.url);
