// node --import …/faults.mjs: the server with the seeded fault that CLUSTER_FAULT names (fault-hooks.mjs). The server knows nothing of it.
import { register } from 'node:module';

register('./fault-hooks.mjs', import.meta.url, { data: process.env.CLUSTER_FAULT });
