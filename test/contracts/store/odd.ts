/** Quotes, a NUL, half of a surrogate pair, a rare character outside the BMP, an emoji, line ends, SQL and prototype names. */
export const ODD = [
  '__proto__',
  'constructor',
  `O'Neil "张𠮷"`,
  '🏛️\n\t\u0001',
  `'); DROP TABLE cases; --`,
  '%_\\',
  '',
  'a\0b',
  'a',
  '\ud842',
  '\u0001"x"',
];
