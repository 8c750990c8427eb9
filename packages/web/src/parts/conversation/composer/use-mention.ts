import type { ChatId, Colleague } from '@parley/protocol/model'
import { type RefObject, useMemo, useState } from 'react'
import { usePeople } from '../../../data/conversation/use-people.ts'
import { useMe } from '../../../data/queries.ts'
import { fuzzyFilter } from '../../fuzzy.ts'
import { readMentionQuery } from './read-query.ts'
import type { NoteState } from './use-note.ts'
import { useSuggest } from './use-suggest.ts'

export type MentionPicker = ReturnType<typeof useMention>

/** Colleagues who may see the chat, by an @ and the beginning of their name. */
export function useMention(chatId: ChatId, note: NoteState, field: RefObject<HTMLTextAreaElement | null>) {
  const me = useMe()
  const [caret, setCaret] = useState(0)
  const [closedFor, setClosedFor] = useState<string>()
  const found = readMentionQuery(note.text, Math.min(caret, note.text.length))
  const query = found && closedFor !== note.text ? found.query : undefined
  const people = usePeople(chatId, query !== undefined)
  const items = useMemo(
    () =>
      query === undefined
        ? []
        : fuzzyFilter(people, query, ({ name }) => [name]).filter(
            ({ id, name }) => id !== me.user.id && name !== query,
          ),
    [people, query, me.user.id],
  )

  function pick(colleague: Colleague) {
    if (!found) return
    const before = `${note.text.slice(0, found.start)}@${colleague.name} `
    const after = note.text.slice(found.start + 1 + found.query.length).replace(/^ /, '')
    note.name(before + after, colleague)
    setCaret(before.length)
    requestAnimationFrame(() => {
      field.current?.focus()
      field.current?.setSelectionRange(before.length, before.length)
    })
  }

  // Somebody who is nobody's beginning is a text like any other.
  const wanted = items.length > 0 ? query : undefined
  const suggest = useSuggest({ query: wanted, items, onPick: pick, onClose: () => setClosedFor(note.text) })
  return { suggest, items, setCaret, pick }
}
