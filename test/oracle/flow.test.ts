import { describe } from '@jest/globals';
import { commonBlock } from './common-block.ts';
import { compareRandomModels } from './random.ts';

describe('tasks, events and gateways in one scope', () => compareRandomModels(2_500, commonBlock(2, false)));
