import type { ChannelId, ChatId, Connection, Contact, MessageId, StartChatInput } from '@parley/protocol/model'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useSources } from '../../../data/connections.ts'
import { changeDraft, useDraft } from '../../../data/conversation/draft-store.ts'
import { startChat } from '../../../data/endpoints.ts'
import { dated } from '../../../data/fresh.ts'
import { newMessageId } from '../../../data/new-id.ts'
import { useMe } from '../../../data/queries.ts'
import { sessionScope } from '../../../data/session.ts'
import { showMessage } from '../../../data/show-answer.ts'
import { chooseChannel, chooseSource } from './lines.ts'

/** A contact that can be written to. */
export type Reachable = Contact & { phone: string }

interface Options {
  contact: Reachable
  /** Those on which a conversation can be begun; at least one. */
  channels: readonly Connection[]
  isOpen: boolean
  /** The message is on its way, in this chat. */
  onSent: (chatId: ChatId) => void
}

export type FirstMessage = ReturnType<typeof useWriteFirst>

/** The first message to a contact: what it says, by which line it leaves. The text outlives the screen, as every draft does. */
export function useWriteFirst({ contact, channels, isOpen, onSent }: Options) {
  const scope = sessionScope(useMe())
  const place = `first.${contact.id}` as const
  const { text } = useDraft(scope, place)
  const [wish, setWish] = useState<{ channelId?: ChannelId; source?: string }>({})
  const channel = chooseChannel(channels, wish.channelId)!
  const sources = useSources(channel.channelId, isOpen)
  const source = chooseSource(sources.data?.items ?? [], wish.source)
  const nameTry = useTryName()
  const send = useSend(() => changeDraft(scope, place, (draft) => (draft.text === text ? { text: '' } : {})))
  const isBlocked = text.trim() === '' || send.isPending || sources.isPending

  return {
    text,
    setText: (next: string) => changeDraft(scope, place, () => ({ text: next })),
    channel,
    setChannel: (channelId: ChannelId) => setWish({ channelId }),
    sources,
    source,
    setSource: (externalId: string) => setWish({ ...wish, source: externalId }),
    isBlocked,
    isSending: send.isPending,
    error: send.error,
    submit() {
      if (isBlocked) return
      const input = {
        channelId: channel.channelId,
        phone: contact.phone,
        contactId: contact.id,
        ...(source && { sourceExternalId: source.externalId }),
      }
      const message = { id: nameTry({ ...input, text }), text }
      // Told only while this is still on the screen: somebody who has gone on is not called away.
      send.mutate({ ...input, message }, { onSuccess: ({ answer: { chat } }) => onSent(chat.id) })
    },
  }
}

/** The same message sent again, because no answer came, keeps its id: the server knows it and does not send it twice. */
function useTryName(): (what: unknown) => MessageId {
  const last = useRef<{ what: string; id: MessageId }>(undefined)
  return (what) => {
    const said = JSON.stringify(what)
    if (last.current?.what !== said) last.current = { what: said, id: newMessageId() }
    return last.current.id
  }
}

function useSend(onTaken: () => void) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (input: StartChatInput) => dated(() => startChat(input)),
    onSuccess({ answer: { message }, since }) {
      onTaken()
      showMessage(client, { answer: message, since })
    },
  })
}
