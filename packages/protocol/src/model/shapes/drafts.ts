import type { ChatId, MessageId } from '../ids.ts'
import type { AttachedFile, Message, MessageButton } from './messages.ts'
import type { Page } from './paging.ts'
import type { UsedTemplate } from './templates.ts'

export type DraftKind = 'reply' | 'note'

/** What somebody has prepared in a chat and not sent yet: one reply and one note per chat and person. */
export interface Draft {
  chatId: ChatId
  kind: DraftKind
  /** Rises by one with every change; a change names the version it was made from. */
  version: number
  text: string
  /** What it answers. */
  replyTo: Message | null
  files: AttachedFile[]
  /** Pictures go as files. */
  isAsFiles: boolean
  buttons: MessageButton[][] | null
  /** The template its text was made of. */
  template: UsedTemplate | null
  /** The chat's last message when it was begun: what colleagues answered after it, the writer may not have seen. */
  since: { id: MessageId; sentAt: number } | null
  updatedAt: number
}

export type DraftPage = Page<Draft>
