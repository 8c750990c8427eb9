import { writes } from '@parley/protocol/client-acts'
import type { ChannelId, ChatId, SignedExchange, SignedRequestInput } from '@parley/protocol/model'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { sendAsChannel } from '../../../data/channels/endpoints.ts'
import { newMessageId } from '../../../data/new-id.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { reasonOf } from '../../../parts/Notice.tsx'
import { toast } from '../../../parts/toast.ts'

interface Props {
  channelId: ChannelId
  scopeId: string
  /** What the channel is called here. */
  title: string
}

/** Writes as a client of one's own channel, through its signed API: whoever has just connected it sees a lead come in. */
export function TestMessageButton({ channelId, scopeId, title }: Props) {
  const navigate = useNavigate()
  const [isBusy, setBusy] = useState(false)

  async function send() {
    setBusy(true)
    try {
      const { exchanges } = await sendAsChannel(channelId, requestFor(scopeId, title))
      const chatId = chatIn(exchanges[0])
      if (chatId === undefined) throw new Error('the chats API answered otherwise than it says')
      const open = () => void navigate({ to: '/inbox', search: { c: chatId } })
      toast({ tone: 'ok', text: t('channels.testSent'), action: { label: t('channels.testOpen'), run: open } })
    } catch (error) {
      toast({ tone: 'bad', text: t('channels.testFailed', { reason: reasonOf(error) }) })
    } finally {
      setBusy(false)
    }
  }

  return (
    <Button disabled={isBusy} onClick={() => void send()}>
      {t('channels.testMessage')}
    </Button>
  )
}

/** Always the same client: who presses twice writes to the same conversation. */
function requestFor(scopeId: string, title: string): SignedRequestInput {
  const client = { id: 'parley-test-client', name: t('channels.testClient') }
  const content = { type: 'text', text: t('channels.testText', { title }) }
  const body = writes(client, { msgid: `test-${newMessageId()}`, atMs: Date.now(), content })
  return { method: 'POST', path: `/v2/origin/custom/${scopeId}`, body: JSON.stringify(body) }
}

function chatIn(exchange: SignedExchange | undefined): ChatId | undefined {
  if (exchange?.answer.status !== 200) return undefined
  const { new_message } = JSON.parse(exchange.answer.body) as { new_message?: { conversation_id?: ChatId } }
  return new_message?.conversation_id
}
