import type { Language } from '@parley/protocol/model'
import type { Mail } from '../../lib/mailer.ts'
import { createTranslate, type Translate } from '../../lib/translate.ts'
import en from './texts/en.json' with { type: 'json' }
import es from './texts/es.json' with { type: 'json' }
import pt from './texts/pt.json' with { type: 'json' }
import ru from './texts/ru.json' with { type: 'json' }

type Letter = Omit<Mail, 'to'>

const CATALOGUES = { en, ru, es, pt }

/** The person's language, else the account's, else English. */
function textsIn(...languages: readonly (Language | null)[]): Translate {
  const language = languages.find((one) => one !== null) ?? 'en'
  return createTranslate(CATALOGUES[language], language, en)
}

interface Forgotten {
  name: string
  language: Language | null
  accountName: string
  accountLanguage: Language | null
  link: string
}

/** A link to a new password, asked for at the log-in. */
export function resetMail({ name, language, accountName, accountLanguage, link }: Forgotten): Letter {
  const texts = textsIn(language, accountLanguage)
  const values = { name, account: accountName }
  return letter(texts('reset.subject', values), [
    texts('reset.hello', values),
    texts('reset.text', values),
    link,
    texts('reset.not', values),
  ])
}

interface Invited {
  by: string
  accountName: string
  accountLanguage: Language | null
  link: string
  days: number
}

/** An invitation to work in an account. */
export function invitationMail({ by, accountName, accountLanguage, link, days }: Invited): Letter {
  const texts = textsIn(accountLanguage)
  const values = { by, account: accountName, count: days }
  return letter(texts('invitation.subject', values), [
    texts('invitation.hello', values),
    texts('invitation.text', values),
    link,
    texts('invitation.until', values),
  ])
}

const letter = (subject: string, lines: readonly string[]): Letter => ({ subject, text: `${lines.join('\n\n')}\n` })
