import type { MessageHit } from '@parley/protocol/model'

/** What was found: where, and the words that are marked there. */
export interface Found {
  id: string
  words: readonly string[]
}

export const toFound = ({ id, text, marks }: Pick<MessageHit, 'id' | 'text' | 'marks'>): Found => ({
  id,
  words: [...new Set(marks.map(({ offset, length }) => text.slice(offset, offset + length)))],
})
