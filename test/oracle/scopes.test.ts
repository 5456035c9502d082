import { describe } from '@jest/globals';
import { commonBlock } from './common-block.ts';
import { compareRandomModels } from './random.ts';

describe('sub-processes, instances and boundary events', () => compareRandomModels(2_500, commonBlock(2, true)));
