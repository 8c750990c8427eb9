import { findMentions } from '@parley/protocol/text'
import { clsx } from 'clsx'
import { useMe } from '../../../data/queries.ts'
import { RichText } from '../../RichText.tsx'
import type { ShownNote } from '../shown-messages.ts'

/** The text of a note, with the colleagues it names. */
export function NoteText({ note }: { note: Pick<ShownNote, 'text' | 'mentions'> }) {
  const me = useMe()
  const people = note.mentions.map(({ userId, name }) => ({ id: userId, name }))
  const found = people.length === 0 ? [] : findMentions(note.text, people)
  const pieces: React.ReactNode[] = []
  let end = 0
  for (const { id, start, end: stop } of found) {
    pieces.push(<RichText key={end} text={note.text.slice(end, start)} />)
    pieces.push(
      <span
        key={`@${start}`}
        className={clsx('rounded-sm font-semibold text-note-ink', id === me.user.id && 'bg-note-line px-0.5')}
      >
        {note.text.slice(start, stop)}
      </span>,
    )
    end = stop
  }
  pieces.push(<RichText key={`rest ${end}`} text={note.text.slice(end)} />)
  return <span className="whitespace-pre-wrap">{pieces}</span>
}
