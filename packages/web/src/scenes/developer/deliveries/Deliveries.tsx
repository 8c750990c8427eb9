import type { ChannelDeliveryLine, ChannelDeliveryPage, DeliveryId, EventType } from '@parley/protocol/model'
import { useQueryClient } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { everyDeliveryOf, listDeliveries } from '../../../data/developer/deliveries.ts'
import { useLiveLog } from '../../../data/developer/use-live-log.ts'
import { t } from '../../../i18n/t.ts'
import { Select } from '../../../parts/Select.tsx'
import { TextField } from '../../../parts/TextField.tsx'
import { LogLayout } from '../log/LogLayout.tsx'
import { LogStates } from '../log/LogStates.tsx'
import { TimeFields } from '../log/TimeFields.tsx'
import { useLogAddress } from '../log/use-log-address.ts'
import type { TabProps } from '../tab-props.ts'
import { DeliveryDetails } from './DeliveryDetails.tsx'
import { DeliveryRow } from './DeliveryRow.tsx'
import { type DeliverySearch, isNoChat, readDeliverySearch, STATES, toDeliveryFilter } from './delivery-search.ts'
import { Flow } from './Flow.tsx'
import { Tries } from './Tries.tsx'

const ANY = 'any'

/** What makes hooks, or lets them wait: while they do, none is tried. */
const EVENTS: ReadonlySet<EventType> = new Set(['message.sent', 'message.reacted', 'connection.changed'])

/** What somebody picks is checked when it is read from the address. */
type ChangeableSearch = { [Name in keyof DeliverySearch]: string | undefined }
type Change = (patch: ChangeableSearch) => void

/** The channel's hooks, what came of them, and whether they go out at all. */
export function Deliveries({ channel }: TabProps) {
  const search = readDeliverySearch(useSearch({ strict: false }) as Record<string, unknown>)
  const client = useQueryClient()
  const change: Change = useLogAddress<ChangeableSearch>(channel.id, 'deliveries', search)
  const filter = toDeliveryFilter(search)
  const readBesides = () => void client.invalidateQueries({ queryKey: everyDeliveryOf(channel.id) })
  const { query, items } = useLiveLog<ChannelDeliveryLine, ChannelDeliveryPage>({
    ...{ channelId: channel.id, what: 'deliveries', filter, isPaused: false },
    load: (before, signal) => listDeliveries(channel.id, filter, before, signal),
    events: EVENTS,
    onTraffic: readBesides,
  })
  const changed = () => {
    void query.refetch()
    readBesides()
  }
  const isNarrowed = Object.keys(filter).length > 0
  return (
    <LogLayout
      toolbar={
        <>
          <Filters search={search} onChange={change} />
          <span className="ms-auto" />
          <Flow channelId={channel.id} onChanged={changed} />
        </>
      }
      details={
        search.delivery && (
          <DeliveryDetails
            key={search.delivery}
            channelId={channel.id}
            id={search.delivery as DeliveryId}
            onClose={() => change({ delivery: undefined })}
            onChanged={changed}
          />
        )
      }
    >
      <Tries channelId={channel.id} />
      <LogStates
        query={query}
        isEmpty={items?.length === 0}
        empty={
          isNarrowed
            ? { title: t('deliveries.noneFound'), hint: t('deliveries.noneFoundHint') }
            : { title: t('deliveries.none'), hint: t('deliveries.noneHint') }
        }
        failed={t('deliveries.failed')}
        more={t('developer.older')}
      >
        <ul aria-label={t('developer.tab.deliveries')}>
          {items?.map((line) => (
            <DeliveryRow key={line.id} line={line} channelId={channel.id} search={search} />
          ))}
        </ul>
      </LogStates>
    </LogLayout>
  )
}

function Filters({ search, onChange }: { search: DeliverySearch; onChange: Change }) {
  return (
    <>
      <Select
        label={t('deliveries.stateFilter')}
        isLabelHidden
        className="w-40"
        value={search.state ?? ANY}
        onChange={(value) => onChange({ state: value === ANY ? undefined : value })}
        options={[
          { value: ANY, label: t('deliveries.anyState') },
          ...STATES.map((value) => ({ value, label: t(`deliveries.state.${value}`) })),
        ]}
      />
      <TextField
        label={t('deliveries.chat')}
        isLabelHidden
        type="search"
        placeholder={t('deliveries.chat')}
        className="w-52"
        value={search.chat ?? ''}
        onChange={(chat) => onChange({ chat })}
        {...(isNoChat(search) && { error: t('deliveries.noChatId') })}
      />
      <TimeFields from={search.from} until={search.until} onChange={onChange} />
    </>
  )
}
