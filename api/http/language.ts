/** Chinese first: English only where a client asks for it before Chinese. */
export type Language = 'zh' | 'en';

/** The language of an Accept-Language header. */
export function languageOf(header: string | undefined): Language {
  let best: { language: Language; q: number } = { language: 'zh', q: 0 };
  for (const part of (header ?? '').slice(0, 200).split(',')) {
    const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
    const language = tag.startsWith('en') ? 'en' : tag.startsWith('zh') ? 'zh' : undefined;
    const q = Number(
      parameters
        .find((parameter) => parameter.trim().startsWith('q='))
        ?.trim()
        .slice(2) ?? 1,
    );
    if (language && q > best.q) best = { language, q };
  }
  return best.language;
}
