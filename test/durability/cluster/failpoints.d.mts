export const FAILPOINTS: readonly { name: string; file: string; line: string; becomes: string }[];
export function armFailpoints(file: string): void;
