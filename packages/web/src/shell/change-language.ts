import type { Language } from '../i18n/languages.ts'
import { t } from '../i18n/t.ts'
import { setLanguage } from '../i18n/texts.ts'
import { reasonOf } from '../parts/Notice.tsx'
import { toast } from '../parts/toast.ts'

/** As somebody asked for it: what goes wrong is said. */
export function changeLanguage(language: Language): void {
  setLanguage(language).catch((error: unknown) =>
    toast({ tone: 'bad', text: t('user.languageFailed', { reason: reasonOf(error) }) }),
  )
}
