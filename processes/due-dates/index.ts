export { ledgerInWords } from './ledger-words.ts';
export { officeTimeInWords, standingInWords } from './standing-words.ts';
export { dayInWords, momentInWords, type Bilingual } from './words.ts';
