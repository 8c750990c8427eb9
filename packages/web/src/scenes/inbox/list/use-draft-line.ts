import type { ChatId } from '@parley/protocol/model'
import { type Draft, placeOf } from '../../../data/conversation/draft.ts'
import { useDraft } from '../../../data/conversation/draft-store.ts'
import { useMe } from '../../../data/queries.ts'
import { sessionScope } from '../../../data/session.ts'

/** What was begun in a chat and not sent: the reply, else the note; null when nothing was. */
export function useDraftLine(chatId: ChatId): string | null {
  const scope = sessionScope(useMe())
  const reply = lineOf(useDraft(scope, placeOf(chatId, 'reply')))
  const note = lineOf(useDraft(scope, placeOf(chatId, 'note')))
  return reply ?? note
}

function lineOf({ text, files }: Draft): string | null {
  const words = text.trim()
  if (words !== '') return words.slice(0, 200)
  return files.length > 0 ? files.map(({ name }) => name).join(', ') : null
}
