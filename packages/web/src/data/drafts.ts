import type { ChatId } from '@parley/protocol/model'

const keyOf = (scope: string, chatId: ChatId) => `parley.draft.${scope}.${chatId}`

/** What was typed into a chat and not sent yet. Storage may be full or forbidden: then a draft lives with its screen only. */
export function readDraft(scope: string, chatId: ChatId): string {
  try {
    return localStorage.getItem(keyOf(scope, chatId)) ?? ''
  } catch {
    return ''
  }
}

export function writeDraft(scope: string, chatId: ChatId, text: string): void {
  try {
    if (text === '') localStorage.removeItem(keyOf(scope, chatId))
    else localStorage.setItem(keyOf(scope, chatId), text)
  } catch {
    // Nothing to do: the text is still in its field.
  }
}
