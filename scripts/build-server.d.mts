export function buildServer(): void;
