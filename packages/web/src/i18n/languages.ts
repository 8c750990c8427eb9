/** The languages of the screens, each under the name its speakers give it. */
export const LANGUAGES = { en: 'English', ru: 'Русский', es: 'Español', pt: 'Português' } as const

export type Language = keyof typeof LANGUAGES

export const LANGUAGE_CODES = Object.keys(LANGUAGES) as readonly Language[]

export const FALLBACK: Language = 'en'

export const isLanguage = (value: unknown): value is Language => typeof value === 'string' && value in LANGUAGES

/** The chosen language, else the first of the browser's that we have (`pt-BR` is `pt`), else English. */
export function pickLanguage(chosen: string | null, preferred: readonly string[]): Language {
  if (isLanguage(chosen)) return chosen
  return preferred.map((tag) => tag.toLowerCase().split('-')[0]).find(isLanguage) ?? FALLBACK
}
