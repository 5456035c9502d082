export function layout(xml: string): Promise<string>;
