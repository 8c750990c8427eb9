import type { ChannelId, ChatId, MessageId } from '@parley/protocol/model'
import type { NoticeFilter } from './notices/endpoints.ts'

export const keys = {
  me: ['me'] as const,
  start: ['start'] as const,
  /** Every list of chats; the second part says which. */
  chats: ['chats'] as const,
  chat: (chatId: ChatId) => ['chat', chatId] as const,
  everyChat: ['chat'] as const,
  /** Every part of a conversation that is held. */
  messages: (chatId: ChatId) => ['messages', chatId] as const,
  /** The part around a place; null: the one that ends with the newest. */
  thread: (chatId: ChatId, place: string | null) => ['messages', chatId, place] as const,
  everyMessages: ['messages'] as const,
  edits: (messageId: MessageId, editedAt: number) => ['edits', messageId, editedAt] as const,
  pipelines: ['pipelines'] as const,
  everyNotice: ['notifications'] as const,
  notices: (filter: NoticeFilter) => ['notifications', filter] as const,
  notificationSettings: ['notification-settings'] as const,
  push: ['push'] as const,
  connections: ['connections'] as const,
  /** The first word is also the topic of `settings.changed` at which these are read again. */
  channels: ['channels'] as const,
  people: (chatId: ChatId) => ['users', 'of-chat', chatId] as const,
  sources: (channelId: ChannelId) => ['sources', channelId] as const,
  /** What an API says of itself. */
  document: (book: string) => ['document', book] as const,
}
