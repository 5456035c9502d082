import { join } from 'node:path';

/** A small city whose people are not those of the demo. */
export const OWN_CITY = join(import.meta.dirname, '../../fixtures/own-city');

/** What production needs at least. */
export const PRODUCTION = {
  ONEVISIT_MODE: 'production',
  ONEVISIT_SECRET: 'k3Jd82hfKq02mdL1xZ7vB4nT9wQ5rE6y',
  PUBLIC_URL: 'https://onevisit.example',
  ONEVISIT_DIRECTORY: OWN_CITY,
};
