export const builds: { readonly server: object; readonly ui: object };
export function isFresh(build: object): boolean;
