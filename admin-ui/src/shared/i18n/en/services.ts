import type { services as zh } from '../zh/services.ts';
import type { SameKeys } from '../same-keys.ts';

export const services: SameKeys<typeof zh> = {
  items: {
    title: 'Services',
    intro: 'Choose your one thing: hand the materials in once, departments work in parallel.',
    empty: 'No service is offered now',
    promise: 'Promise',
    department: 'Lead department',
    materials: 'Materials',
    steps: 'Steps',
    start: 'Start',
    unavailable: 'You cannot start this service',
    required: 'required',
  },
  start: {
    title: 'Application',
    submit: 'Submit',
    noForm: 'This service needs no form. Just submit.',
    heading: '{name}',
  },
  receipt: {
    title: 'Submitted',
    number: 'Case number',
    keep: 'Keep the case number. Sign in and open “My cases” to follow it, or to urge.',
    toCase: 'Follow it',
    toItems: 'Back to services',
  },
  myCases: { title: 'My cases', empty: 'You have no case yet', go: 'Go to services' },
  myTasks: {
    title: 'My tasks',
    empty: 'Nothing waits for you',
    intro: 'What departments ask you to add or confirm appears here.',
  },
};
