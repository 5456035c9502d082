/** The sentences of another language: the same keys, so that one missing or too many is a type error. */
export type SameKeys<T> = { [K in keyof T]: T[K] extends string ? string : SameKeys<T[K]> };
