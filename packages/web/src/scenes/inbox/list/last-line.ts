import type { Chat, MessageKind } from '@parley/protocol/model'
import { kindOfFile } from '../../../data/file-kind.ts'
import type { OutboxEntry } from '../../../data/outbox/outbox-store.ts'
import { t } from '../../../i18n/t.ts'
import { wordsFor } from '../../../parts/conversation/words-for.ts'
import type { ShownStatus } from '../../../parts/Tick.tsx'

export interface LastLine {
  kind: MessageKind
  text: string
  /** Undefined for what the client wrote. */
  status: ShownStatus | undefined
  /** Who wrote it, when it was neither the client nor the person who looks. */
  author: string | undefined
}

/** What the row of a chat says of its last message; a reply still on its way is later than all of them. */
export function lastLineOf(chat: Chat, waitingReply: OutboxEntry | undefined, meAmojoId: string): LastLine {
  if (waitingReply) return ofWaiting(waitingReply)
  const last = chat.lastMessage
  if (!last) return { kind: 'text', text: t('thread.empty'), status: undefined, author: undefined }
  const { kind } = last
  const text = wordsFor(last)
  if (last.direction === 'in') return { kind, text, status: undefined, author: undefined }
  return { kind, text, status: last.status, author: last.author.id === meAmojoId ? undefined : last.author.name }
}

function ofWaiting({ text, file, refusal }: OutboxEntry): LastLine {
  const kind = file ? kindOfFile(file) : 'text'
  const fileName = file && { fileName: file.name }
  const durationMs = file?.durationMs === undefined ? {} : { durationMs: file.durationMs }
  return {
    kind,
    text: wordsFor({ kind, text, ...fileName, ...durationMs }),
    status: refusal ? 'failed' : 'sending',
    author: undefined,
  }
}
