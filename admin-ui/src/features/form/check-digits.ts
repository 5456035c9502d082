const idWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const idCheck = '10X98765432';

/** GB 11643-1999: 17 digits and an ISO 7064 MOD 11-2 check character. */
export function isIdNumber(text: string): boolean {
  if (!/^\d{17}[\dX]$/i.test(text)) return false;
  const sum = idWeights.reduce((total, weight, index) => total + weight * Number(text[index]), 0);
  return idCheck[sum % 11] === text[17]?.toUpperCase();
}

const creditAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** GB 32100-2015: 17 characters without I, O, S, V, Z and a MOD 31 check character. */
export function isCreditCode(text: string): boolean {
  const code = text.toUpperCase();
  if (!/^[0-9A-HJ-NPQRTUWXY]{18}$/.test(code)) return false;
  let sum = 0;
  let weight = 1;
  for (const character of code.slice(0, 17)) {
    sum += creditAlphabet.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return creditAlphabet[(31 - (sum % 31)) % 31] === code[17];
}
