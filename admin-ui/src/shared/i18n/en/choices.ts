import type { choices as zh } from '../zh/choices.ts';
import type { SameKeys } from '../same-keys.ts';

export const choices: SameKeys<typeof zh> = {
  choice: {
    heading: 'Choice of work',
    hint: 'The handler chooses what is done next, as often as needed.',
    watch: 'The handler chooses what is done next.',
    running: 'Going on',
    waiting: 'Waiting for its turn',
    choose: 'Choose work',
    title: '“{name}”: choose work',
    label: 'Begin',
    again: '(going on; can be done again)',
    needsOne: 'Choose at least one',
    begin: 'Begin',
    chosen: 'Begun: {count}',
    end: 'Nothing more',
    endTitle: 'Choose nothing more in “{name}”?',
    endIdle: 'The case then goes on to its next step.',
    endRunning: 'What goes on is finished or cut short, as the process says; the case then goes on to its next step.',
    ended: 'Nothing more is chosen',
  },
};
