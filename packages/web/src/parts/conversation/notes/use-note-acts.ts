import type { Note } from '@parley/protocol/model'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { changeNote, deleteNote } from '../../../data/conversation/endpoints.ts'
import { type Dated, dated } from '../../../data/fresh.ts'
import { showNote } from '../../../data/show-answer.ts'
import type { ShownNote } from '../shown-messages.ts'

export type NoteActs = ReturnType<typeof useNoteActs>

/** What its author can do with a note; others see it at once. */
export function useNoteActs(note: ShownNote, onChanged: () => void) {
  const client = useQueryClient()
  const onSuccess = (changed: Dated<Note>) => showNote(client, changed)
  const change = useMutation({
    mutationFn: (text: string) => dated(async () => (await changeNote(note.id, { text })).note),
    onSuccess(changed) {
      onSuccess(changed)
      onChanged()
    },
  })
  const remove = useMutation({ mutationFn: () => dated(async () => (await deleteNote(note.id)).note), onSuccess })
  return { change, remove }
}
