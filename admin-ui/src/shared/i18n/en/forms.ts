import type { forms as zh } from '../zh/forms.ts';
import type { SameKeys } from '../same-keys.ts';

export const forms: SameKeys<typeof zh> = {
  form: {
    about: '{label}: {sentence}',
    other: 'Other data ({count})',
    fix: '{count} to correct',
    required: 'required',
    optional: 'optional',
    yes: 'Yes',
    no: 'No',
    select: 'Choose',
    yuan: 'yuan',
    upload: 'Choose file',
    uploading: 'Uploading {name}…',
    remove: 'Remove',
    removeFile: 'Remove file {name}',
    fileSize: '{size} KB',
    hint: {
      required: 'Fill this in',
      number: 'Must be a number',
      min: 'At least {min}',
      max: 'At most {max}',
      count: 'A whole number from 1 to {most}',
      minLength: 'At least {count} character | At least {count} characters',
      maxLength: 'At most {count} character | At most {count} characters',
      money: 'An amount with at most two decimals',
      idNumber: 'An ID number has 18 characters and a matching check digit',
      creditCode: 'A credit code has 18 characters and a matching check character',
      phone: 'A mobile number has 11 digits and starts with 1',
    },
    empty: 'empty',
  },
};
