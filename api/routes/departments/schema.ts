import { z } from 'zod';
import { Reference } from '../vocabulary.ts';

export const Departments = z.array(Reference).meta({ id: 'Departments', description: 'All departments' });
