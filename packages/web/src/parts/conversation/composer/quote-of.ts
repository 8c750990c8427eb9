import type { Message, Quote } from '@parley/protocol/model'

const LENGTH = 200

/** A message as it stands inside the answer to it. */
export const quoteOf = ({ id, chatId, author, kind, text, sentAt }: Message): Quote => ({
  messageId: id,
  chatId,
  author: author.name,
  kind,
  text: (text.trim().split('\n', 1)[0] ?? '').slice(0, LENGTH),
  sentAt,
})
