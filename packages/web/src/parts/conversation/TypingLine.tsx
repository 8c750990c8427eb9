import type { ChatId } from '@parley/protocol/model'
import { useMe } from '../../data/queries.ts'
import { type Typist, useTypists } from '../../data/typing.ts'
import { t } from '../../i18n/t.ts'

/** Says who is typing, at the foot of the conversation. It lies in the room below the last message, so nothing moves. */
export function TypingLine({ chatId }: { chatId: ChatId }) {
  const text = sentenceOf(useOtherTypists(chatId))
  return (
    <p
      role="status"
      className="pointer-events-none absolute start-6 bottom-0 flex h-6 max-w-[80%] items-center gap-2 text-xs text-ink-3 max-md:start-3"
    >
      {text !== null && (
        <span className="flex min-w-0 items-center gap-2 rounded-md bg-sunken/90 px-1">
          <span aria-hidden="true" className="flex gap-[3px]">
            {DELAYS.map((delay) => (
              <span key={delay} className="typing-dot size-1 rounded-full bg-ink-3" style={{ animationDelay: delay }} />
            ))}
          </span>
          <bdi className="truncate">{text}</bdi>
        </span>
      )}
    </p>
  )
}

const DELAYS = ['0ms', '160ms', '320ms'] as const

/** Everybody but the person who looks. */
export function useOtherTypists(chatId: ChatId): readonly Typist[] {
  const me = useMe()
  return useTypists(chatId).filter(({ author }) => author.kind !== 'user' || author.id !== me.user.amojoId)
}

function sentenceOf(typists: readonly Typist[]): string | null {
  const [first, second, third] = typists
  if (!first) return null
  if (third) return t('typing.many')
  if (second) return t('typing.two', { name: first.author.name, other: second.author.name })
  const name = first.author.name
  if (first.author.kind === 'client') return t('typing.one', { name })
  return first.writing === 'note' ? t('typing.note', { name }) : t('typing.reply', { name })
}
