import type { ChannelId, SimulatedClient, Simulator as State } from '@parley/protocol/model'
import { useQuery } from '@tanstack/react-query'
import { clsx } from 'clsx'
import { useState } from 'react'
import {
  entriesQuery,
  simulatorQuery,
  useSimulatorActs,
  useSimulatorTraffic,
} from '../../../data/developer/simulator.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { Notice, Problem, reasonOf } from '../../../parts/Notice.tsx'
import { SegmentedControl } from '../../../parts/SegmentedControl.tsx'
import { SkeletonRows } from '../../../parts/SkeletonRows.tsx'
import { toast } from '../../../parts/toast.ts'
import { PHONE, useMedia } from '../../../parts/use-media.ts'
import type { TabProps } from '../tab-props.ts'
import { ClientBar } from './ClientBar.tsx'
import { Endpoint } from './Endpoint.tsx'
import { Phone } from './Phone.tsx'
import { describe } from './use-client-acts.ts'
import { Wire } from './Wire.tsx'

/** A client's phone beside what goes over the wire. */
export function Simulator({ channel }: TabProps) {
  const query = useQuery(simulatorQuery(channel.id))
  useSimulatorTraffic(channel.id)
  if (query.data) return <Loaded channelId={channel.id} simulator={query.data} />
  if (query.isError)
    return <Problem title={t('simulator.loadFailed')} error={query.error} onRetry={() => void query.refetch()} />
  return <SkeletonRows count={8} height={56} />
}

interface LoadedProps {
  channelId: ChannelId
  simulator: State
}

function Loaded({ channelId, simulator }: LoadedProps) {
  const acts = useSimulatorActs(channelId)
  const [chosenId, setChosenId] = useState<string>()
  const [side, setSide] = useState<'phone' | 'wire'>('phone')
  const isNarrow = useMedia(PHONE)
  const client = simulator.clients.find(({ id }) => id === chosenId) ?? simulator.clients[0]
  if (!simulator.isConnected) return <NotConnected channelId={channelId} simulator={simulator} />
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <Endpoint simulator={simulator} acts={acts} />
      {isNarrow && (
        <SegmentedControl
          label={t('simulator.sides')}
          className="mx-3 my-2"
          value={side}
          onChange={setSide}
          options={[
            { value: 'phone', label: t('simulator.phone') },
            { value: 'wire', label: t('simulator.wire') },
          ]}
        />
      )}
      <div className="flex min-h-0 flex-1">
        <section
          aria-label={t('simulator.phone')}
          className={clsx(
            'min-h-0 flex-col',
            isNarrow ? 'flex-1' : 'w-[400px] shrink-0 border-e border-line',
            isNarrow && side === 'wire' ? 'hidden' : 'flex',
          )}
        >
          <ClientBar channelId={channelId} simulator={simulator} acts={acts} client={client} onChoose={setChosenId} />
          {client ? (
            <PhoneOf key={client.id} channelId={channelId} simulator={simulator} client={client} />
          ) : (
            <Notice title={t('simulator.noClients')} hint={t('simulator.noClientsHint')} />
          )}
        </section>
        <section
          aria-label={t('simulator.wire')}
          className={clsx('min-h-0 min-w-0 flex-1 flex-col', isNarrow && side === 'phone' ? 'hidden' : 'flex')}
        >
          <Wire channelId={channelId} acts={acts} />
        </section>
      </div>
    </div>
  )
}

function PhoneOf({ channelId, simulator, client }: LoadedProps & { client: SimulatedClient }) {
  const acts = useSimulatorActs(channelId)
  const { data, isError, error, refetch } = useQuery(entriesQuery(channelId))
  if (data) return <Phone simulator={simulator} acts={acts} client={client} entries={data} />
  if (isError) return <Problem title={t('simulator.loadFailed')} error={error} onRetry={() => void refetch()} />
  return <SkeletonRows count={4} height={56} />
}

/** The channel itself connects, by the same signed request as anywhere. */
function NotConnected({ channelId, simulator }: LoadedProps) {
  const acts = useSimulatorActs(channelId)
  const [isBusy, setBusy] = useState(false)
  async function connect() {
    setBusy(true)
    const amojoId = simulator.scopeId.slice(channelId.length + 1)
    try {
      const [exchange] = await acts.send({
        method: 'POST',
        path: `/v2/origin/custom/${channelId}/connect`,
        body: JSON.stringify({ account_id: amojoId, hook_api_version: 'v2' }),
      })
      if (exchange && exchange.answer.status >= 300) toast({ text: describe(exchange), tone: 'bad' })
    } catch (error) {
      toast({ text: t('simulator.notSent', { reason: reasonOf(error) }), tone: 'bad' })
    } finally {
      setBusy(false)
    }
  }
  return (
    <Notice title={t('simulator.notConnected')} hint={t('simulator.notConnectedHint')}>
      <Button look="primary" disabled={isBusy} onClick={() => void connect()}>
        {t('simulator.connect')}
      </Button>
    </Notice>
  )
}
