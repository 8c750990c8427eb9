import type { Language, Notification } from '@parley/protocol/model'
import { createTranslate, type Translate } from '../../lib/translate.ts'
import en from './texts/en.json' with { type: 'json' }
import es from './texts/es.json' with { type: 'json' }
import pt from './texts/pt.json' with { type: 'json' }
import ru from './texts/ru.json' with { type: 'json' }

const CATALOGUES = { en, ru, es, pt }
const made = new Map<Language, Translate>()

/** What is said outside of the screens: in pushes and mails. */
export function textsIn(language: Language): Translate {
  const known = made.get(language)
  if (known) return known
  const texts = createTranslate(CATALOGUES[language], language, en)
  made.set(language, texts)
  return texts
}

/** A notification in two lines: what happened, and the first words of it. */
export function describeNotice(
  notification: Pick<Notification, 'kind' | 'title' | 'text' | 'actor' | 'decision'>,
  language: Language,
): { title: string; text: string } {
  const texts = textsIn(language)
  const { kind, title, actor, decision } = notification
  return {
    title: texts(`title.${kind}${decision === null ? '' : `.${decision}`}`, {
      title,
      actor: actor?.name ?? texts('somebody'),
    }),
    // What is said in the first line already is not said again.
    text: kind === 'assigned' || kind === 'task_assigned' ? title : notification.text,
  }
}
