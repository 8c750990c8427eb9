import { useMutation, useQueryClient } from '@tanstack/react-query'
import { applyNote } from '../../../data/apply-events.ts'
import { changeNote, deleteNote } from '../../../data/conversation/endpoints.ts'
import type { ShownNote } from '../shown-messages.ts'

export type NoteActs = ReturnType<typeof useNoteActs>

/** What its author can do with a note; others see it at once. */
export function useNoteActs(note: ShownNote, onChanged: () => void) {
  const client = useQueryClient()
  const onSuccess = ({ note: next }: Awaited<ReturnType<typeof changeNote>>) => applyNote(client, next)
  const change = useMutation({
    mutationFn: (text: string) => changeNote(note.id, { text }),
    onSuccess(answer) {
      onSuccess(answer)
      onChanged()
    },
  })
  const remove = useMutation({ mutationFn: () => deleteNote(note.id), onSuccess })
  return { change, remove }
}
