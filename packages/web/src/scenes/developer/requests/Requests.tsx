import type { ChannelRequestId, ChannelRequestLine, ChannelRequestPage } from '@parley/protocol/model'
import { useSearch } from '@tanstack/react-router'
import { Search } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import { listRequests } from '../../../data/developer/requests.ts'
import { useLiveLog } from '../../../data/developer/use-live-log.ts'
import { t } from '../../../i18n/t.ts'
import { format } from '../../../parts/format.ts'
import { SegmentedControl } from '../../../parts/SegmentedControl.tsx'
import { Select } from '../../../parts/Select.tsx'
import { TextField } from '../../../parts/TextField.tsx'
import { useSettled } from '../../../parts/use-settled.ts'
import { LiveButton } from '../log/LiveButton.tsx'
import { LogLayout } from '../log/LogLayout.tsx'
import { LogStates } from '../log/LogStates.tsx'
import { TimeFields } from '../log/TimeFields.tsx'
import { useLogAddress } from '../log/use-log-address.ts'
import type { TabProps } from '../tab-props.ts'
import { RequestDetails } from './RequestDetails.tsx'
import { RequestHeads, RequestRow } from './RequestRow.tsx'
import { METHODS, type RequestSearch, readRequestSearch, STATUSES, toRequestFilter } from './request-search.ts'

const ANY = 'any'
const SETTLED_MS = 300

type Change = (patch: { [Name in keyof RequestSearch]: RequestSearch[Name] | undefined }) => void

/** What the channel asked of the chats API, as it comes. What narrows the list, and what is open, stand in the address. */
export function Requests({ channel }: TabProps) {
  const raw = useSearch({ strict: false }) as Record<string, unknown>
  const search = useMemo(() => readRequestSearch(raw), [raw])
  const change: Change = useLogAddress(channel.id, 'requests', search)
  const filter = toRequestFilter(search)
  const [isPaused, setPaused] = useState(false)
  const { query, items, waiting, isWaitingMore } = useLiveLog<ChannelRequestLine, ChannelRequestPage>({
    ...{ channelId: channel.id, what: 'requests', filter, isPaused },
    load: (before, signal) => listRequests(channel.id, filter, before, signal),
  })
  const searchedTo = query.data?.pages.at(-1)?.searchedTo ?? null
  const isNarrowed = Object.keys(filter).length > 0
  return (
    <LogLayout
      toolbar={
        <>
          <Filters search={search} onChange={change} />
          <span className="ms-auto" />
          <LiveButton {...{ isPaused, waiting, isWaitingMore }} onChange={setPaused} />
        </>
      }
      details={
        search.request && (
          <RequestDetails
            key={search.request}
            channel={channel}
            id={search.request as ChannelRequestId}
            onClose={() => change({ request: undefined })}
          />
        )
      }
    >
      <LogStates
        query={query}
        isEmpty={items?.length === 0}
        empty={
          isNarrowed
            ? { title: t('requests.noneFound'), hint: t('requests.noneFoundHint') }
            : { title: t('requests.none'), hint: t('requests.noneHint') }
        }
        failed={t('requests.failed')}
        more={
          searchedTo === null ? t('developer.older') : t('developer.searchedTo', { time: format.fullTime(searchedTo) })
        }
      >
        <RequestHeads />
        <ul aria-label={t('developer.tab.requests')}>
          {items?.map((line) => (
            <RequestRow key={line.id} line={line} channelId={channel.id} search={search} />
          ))}
        </ul>
      </LogStates>
    </LogLayout>
  )
}

function Filters({ search, onChange }: { search: RequestSearch; onChange: Change }) {
  return (
    <>
      <SegmentedControl
        label={t('requests.which')}
        value={search.only ?? 'all'}
        onChange={(value) => onChange({ only: value === 'errors' ? 'errors' : undefined })}
        options={[
          { value: 'all', label: t('developer.all') },
          { value: 'errors', label: t('developer.errors') },
        ]}
      />
      <SearchField q={search.q ?? ''} onChange={(q) => onChange({ q })} />
      <Select
        label={t('requests.method')}
        isLabelHidden
        className="w-32"
        value={search.method ?? ANY}
        onChange={(value) => onChange({ method: value === ANY ? undefined : value })}
        options={[{ value: ANY, label: t('requests.anyMethod') }, ...METHODS.map((value) => ({ value, label: value }))]}
      />
      <Select
        label={t('requests.status')}
        isLabelHidden
        className="w-32"
        value={search.status ?? ANY}
        onChange={(value) => onChange({ status: value === ANY ? undefined : value })}
        options={[
          { value: ANY, label: t('requests.anyStatus') },
          ...STATUSES.map((value) => ({ value, label: `${value}xx` })),
        ]}
      />
      <TimeFields from={search.from} until={search.until} onChange={onChange} />
    </>
  )
}

/** What is typed goes into the address when the hand rests. */
function SearchField({ q, onChange }: { q: string; onChange: (q: string | undefined) => void }) {
  const [text, setText] = useState(q)
  const settled = useSettled(text, SETTLED_MS)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was typed is told, not what stands in the address
  useEffect(() => {
    if (settled !== q) onChange(settled || undefined)
  }, [settled])
  return (
    <TextField
      label={t('requests.search')}
      isLabelHidden
      type="search"
      placeholder={t('requests.searchHint')}
      icon={<Search size={15} aria-hidden="true" />}
      className="min-w-40 flex-1 basis-40 @2xl:max-w-72"
      value={text}
      onChange={setText}
    />
  )
}
