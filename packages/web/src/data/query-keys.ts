import type { ChannelId, ChatId, MessageId } from '@parley/protocol/model'

export const keys = {
  me: ['me'] as const,
  chats: ['chats'] as const,
  chat: (chatId: ChatId) => ['chat', chatId] as const,
  everyChat: ['chat'] as const,
  messages: (chatId: ChatId) => ['messages', chatId] as const,
  everyMessages: ['messages'] as const,
  edits: (messageId: MessageId, editedAt: number) => ['edits', messageId, editedAt] as const,
  pipelines: ['pipelines'] as const,
  notifications: ['notifications'] as const,
  connections: ['connections'] as const,
  sources: (channelId: ChannelId) => ['sources', channelId] as const,
}
