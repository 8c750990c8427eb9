import type { Chat, ChatId, LeadId } from '@parley/protocol/model'
import { useQueryClient } from '@tanstack/react-query'
import { StickyNote } from 'lucide-react'
import { type FormEvent, type KeyboardEvent, useState } from 'react'
import { addNote } from '../../../data/conversation/endpoints.ts'
import { dated } from '../../../data/fresh.ts'
import { newMessageId } from '../../../data/new-id.ts'
import { showNote } from '../../../data/show-answer.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../Button.tsx'
import { ChannelMark } from '../../ChannelMark.tsx'
import { Composer } from '../../conversation/composer/Composer.tsx'
import { useTellPresence } from '../../conversation/header/use-presence.ts'
import { isComposing } from '../../is-composing.ts'
import { reasonOf } from '../../Notice.tsx'
import { Select } from '../../Select.tsx'

interface Props {
  leadId: LeadId
  chats: readonly Chat[]
  chat: Chat | undefined
  onChat: (id: ChatId) => void
}

/** The reply goes out by one of the lead's conversations; a lead without any can still have notes. */
export function FeedComposer({ leadId, chats, chat, onChat }: Props) {
  if (!chat) return <NoteOnLead leadId={leadId} />
  return (
    <>
      {chats.length > 1 && (
        <div className="px-4 pt-2 max-md:px-2">
          <Select
            label={t('card.replyIn')}
            isLabelHidden
            value={chat.id as string}
            onChange={(id) => onChat(id as ChatId)}
            options={chats.map(({ id, client, channel }) => ({
              value: id as string,
              label: `${client.name} · ${channel.title}`,
              icon: <ChannelMark channel={channel} size={16} />,
            }))}
          />
        </div>
      )}
      <Presence key={`p ${chat.id}`} chatId={chat.id} />
      <Composer key={chat.id} chatId={chat.id} chat={chat} />
    </>
  )
}

function Presence({ chatId }: { chatId: ChatId }) {
  useTellPresence(chatId)
  return null
}

/** For colleagues; there is nobody else to write to. What was not taken stays in the field. */
function NoteOnLead({ leadId }: { leadId: LeadId }) {
  const client = useQueryClient()
  const [text, setText] = useState('')
  // The same one until it is taken: a second try is the same note.
  const [id, setId] = useState(() => newMessageId())
  const [state, setState] = useState<'idle' | 'saving' | { error: unknown }>('idle')
  const isBlocked = text.trim() === '' || state === 'saving'

  async function save(event: FormEvent) {
    event.preventDefault()
    if (isBlocked) return
    setState('saving')
    try {
      const added = await dated(async () => (await addNote({ leadId }, { id, text: text.trim() })).note)
      showNote(client, added)
      setText('')
      setId(newMessageId())
      setState('idle')
    } catch (error) {
      setState({ error })
    }
  }
  function handleKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (isComposing(event) || event.key !== 'Enter' || event.shiftKey) return
    event.preventDefault()
    event.currentTarget.form?.requestSubmit()
  }

  return (
    <form onSubmit={(event) => void save(event)} className="shrink-0 px-4 pt-1 pb-4 max-md:px-2">
      <div className="rounded-lg bg-note shadow-[inset_0_0_0_1px_var(--note-line)] focus-within:shadow-[inset_0_0_0_1.5px_var(--note-ink)]">
        <textarea
          data-pane
          aria-label={t('note.label')}
          placeholder={t('card.notePlaceholder')}
          dir="auto"
          rows={2}
          maxLength={20_000}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={handleKeyDown}
          className="block max-h-[34dvh] w-full resize-none bg-transparent px-3 pt-2.5 pb-1 text-md outline-none [field-sizing:content] placeholder:text-note-ink"
        />
        <div className="flex items-center gap-2 ps-3 pe-1.5 pb-1.5">
          <p role="status" className="min-w-0 flex-1 text-xs text-note-ink">
            {typeof state === 'object' ? t('note.notAdded', { reason: reasonOf(state.error) }) : t('note.notToAnybody')}
          </p>
          <Button
            type="submit"
            disabled={isBlocked}
            className="bg-note-line! text-note-ink! shadow-none! hover:brightness-97"
          >
            <StickyNote size={15} aria-hidden="true" />
            {t('note.add')}
          </Button>
        </div>
      </div>
    </form>
  )
}
