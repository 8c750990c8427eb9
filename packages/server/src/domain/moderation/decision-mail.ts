import type { AccountId, ChannelDecision, ChannelId, Language } from '@parley/protocol/model'
import type { Mail } from '../../lib/mailer.ts'
import { createTranslate } from '../../lib/translate.ts'
import en from './texts/en.json' with { type: 'json' }
import es from './texts/es.json' with { type: 'json' }
import pt from './texts/pt.json' with { type: 'json' }
import ru from './texts/ru.json' with { type: 'json' }

const CATALOGUES = { en, ru, es, pt }

interface Decided {
  channel: { id: ChannelId; code: string; name: string; bot: string }
  /** Which may connect it; null: all. */
  accountIds: readonly AccountId[] | null
  decision: ChannelDecision
  note: string | null
  language: Language
  /** Of the channel's page. */
  link: string
}

/** What whoever registered a channel is written. The secret never goes by mail. */
export function decisionMail({ channel, accountIds, decision, note, language, link }: Decided): Omit<Mail, 'to'> {
  const texts = createTranslate(CATALOGUES[language], language, en)
  const accounts = accountIds === null ? texts('everyone') : accountIds.join(', ')
  const lines = [
    texts(`text.${decision}`, { name: channel.name }),
    ...(note === null ? [] : [`${texts('wrote')}\n${note}`]),
    ...(decision === 'approved' ? [texts('access', { ...channel, accounts }), texts('secret')] : []),
    link,
  ]
  return { subject: texts(`subject.${decision}`, { name: channel.name }), text: `${lines.join('\n\n')}\n` }
}
