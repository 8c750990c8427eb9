import type { Chat } from '@parley/protocol/model'
import type { OutboxEntry } from '../../data/outbox/outbox-store.ts'
import { t } from '../../i18n/t.ts'
import type { ShownStatus } from '../../parts/Tick.tsx'

export interface LastLine {
  text: string
  /** Undefined for what the client wrote. */
  status: ShownStatus | undefined
  /** Who wrote it, when it was neither the client nor the person who looks. */
  author: string | undefined
}

/** What the row of a chat says of its last message; a reply still on its way is later than all of them. */
export function lastLineOf(chat: Chat, waitingReply: OutboxEntry | undefined, meAmojoId: string): LastLine {
  if (waitingReply) {
    return { text: waitingReply.text, status: waitingReply.refusal ? 'failed' : 'sending', author: undefined }
  }
  const last = chat.lastMessage
  if (!last) return { text: t('thread.empty'), status: undefined, author: undefined }
  const text = last.kind === 'text' || last.text !== '' ? last.text : t(`kind.${last.kind}`)
  if (last.direction === 'in') return { text, status: undefined, author: undefined }
  return { text, status: last.status, author: last.author.id === meAmojoId ? undefined : last.author.name }
}
