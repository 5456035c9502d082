/** Answers, said shortly. */
export const ok = <Body>(body: Body) => ({ status: 200 as const, body });
export const created = <Body>(body: Body) => ({ status: 201 as const, body });
export const nothing = () => ({ status: 204 as const, body: undefined });
