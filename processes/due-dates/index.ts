export { ledgerInWords, reasonInWords } from './ledger-words.ts';
export { officeTimeInWords, standingAtEndInWords, standingInWords } from './standing-words.ts';
export { stepsInWords } from './steps-in-words.ts';
export {
  amountInWords,
  CHINA,
  dateInWords,
  dayInWords,
  exactMomentInWords,
  momentInWords,
  provisionally,
  type Bilingual,
} from './words.ts';
