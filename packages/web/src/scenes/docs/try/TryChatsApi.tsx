import type { ChannelCard, SignedExchange } from '@parley/protocol/model'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ownChannelsQuery } from '../../../data/developer/channels.ts'
import { sendSigned } from '../../../data/docs/try-it.ts'
import { t, tNodes } from '../../../i18n/t.ts'
import { ProblemLine } from '../../../parts/Notice.tsx'
import { Select } from '../../../parts/Select.tsx'
import { SkeletonRows } from '../../../parts/SkeletonRows.tsx'
import { CodeBlock } from '../CodeBlock.tsx'
import { fillPath, msgidIn, pretty, toQuery } from './fill-request.ts'
import { Hint, type TryProps } from './Hint.tsx'
import { RequestForm } from './RequestForm.tsx'
import { useLastSent, useTry } from './use-try.ts'

/** As one's own channel: the server signs. For admins, as whatever concerns channels. */
export function TryChatsApi(props: TryProps) {
  const isAdmin = props.me.user.role === 'admin'
  const query = useQuery({ ...ownChannelsQuery, enabled: isAdmin })
  if (!isAdmin) return <Hint>{t('docs.try.adminsOnly')}</Hint>
  if (query.isError) return <ProblemLine title={t('docs.loadFailed')} onRetry={() => void query.refetch()} />
  if (!query.data) return <SkeletonRows count={3} />
  const channels = query.data.filter(({ state }) => state === 'approved')
  if (channels.length === 0)
    return (
      <Hint>
        {tNodes('docs.try.noChannel', {
          settings: (
            <a key="settings" href="/settings/channels" className="text-accent-ink underline underline-offset-2">
              {t('docs.try.register')}
            </a>
          ),
        })}
      </Hint>
    )
  return <ChatsForm {...props} channels={channels} />
}

function ChatsForm({ page, document, me, channels }: TryProps & { channels: readonly ChannelCard[] }) {
  const [channelId, setChannelId] = useState((channels.find(({ connection }) => connection) ?? channels[0]!).id)
  const channel = channels.find(({ id }) => id === channelId)!
  const { amojoId } = me.account
  const chatId = useLastSent((state) => state.chatId)
  const known = {
    channel_id: channel.id,
    scope_id: channel.connection?.scopeId ?? `${channel.id}_${amojoId}`,
    ...(chatId && { chat_id: chatId }),
  }
  const given = useTry({ page, document, amojoId, known })
  const [state, setState] = useState<{ isBusy: boolean; exchange?: SignedExchange; error?: unknown }>({ isBusy: false })

  async function send() {
    setState({ isBusy: true })
    try {
      const path = fillPath(page.path, given.values)
      const method = page.method.toUpperCase() as 'POST'
      const wish = { method, path, query: toQuery(given.inQuery, given.values), body: given.body ?? '' }
      const [exchange] = (await sendSigned(channel.id, wish)).exchanges
      if (exchange) remember(exchange)
      setState({ isBusy: false, ...(exchange && { exchange }) })
    } catch (error) {
      setState({ isBusy: false, error })
    }
  }

  return (
    <>
      <RequestForm path={page.path} given={given} isBusy={state.isBusy} error={state.error} onSend={() => void send()}>
        <Select
          label={t('docs.try.asChannel')}
          value={channel.id as string}
          onChange={(id) => setChannelId(id as typeof channelId)}
          options={channels.map(({ id, name }) => ({ value: id as string, label: name }))}
        />
      </RequestForm>
      {state.exchange && <Exchange exchange={state.exchange} />}
    </>
  )
}

/** The next example goes on with this message. */
function remember({ request, answer }: SignedExchange): void {
  const msgid = msgidIn(request.body)
  if (answer.status !== 200 || msgid === undefined) return
  const { new_message } = JSON.parse(answer.body) as { new_message?: { conversation_id?: string } }
  useLastSent.setState({ msgid, ...(new_message?.conversation_id && { chatId: new_message.conversation_id }) })
}

function Exchange({ exchange: { request, answer } }: { exchange: SignedExchange }) {
  const head = Object.entries(request.headers).map(([name, value]) => `${name}: ${value}`)
  return (
    <section aria-label={t('docs.try.result')} className="flex flex-col gap-3">
      <CodeBlock
        label={t('docs.try.answered', { status: answer.status, ms: answer.durationMs })}
        text={answer.body === '' ? t('docs.try.emptyAnswer') : pretty(answer.body)}
      />
      <CodeBlock label={t('docs.try.signed')} text={request.stringToSign} />
      <CodeBlock
        label={t('docs.try.request')}
        text={[`${request.method} ${request.target}`, ...head, '', request.body].join('\n').trimEnd()}
      />
    </section>
  )
}
