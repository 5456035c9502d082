import { describe } from '@jest/globals';
import { commonBlock } from './common-block.ts';
import { compareRandomModels } from './random.ts';

describe('sub-processes, instances and boundary events', () => compareRandomModels(2_600, commonBlock(2, true)));
