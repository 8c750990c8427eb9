import type { Connection, Pipeline, Source, SourceUse } from '@parley/protocol/model'
import { clsx } from 'clsx'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { ChannelMark } from '../../../parts/ChannelMark.tsx'
import { format } from '../../../parts/format.ts'
import { useNow } from '../../../parts/use-now.ts'
import { NewSource } from './NewSource.tsx'
import { pathOf } from './path-of.ts'
import { SourceRow } from './SourceRow.tsx'

interface Props {
  connection: Connection
  sources: readonly Source[]
  /** Of this channel; undefined: not counted yet. */
  use: readonly SourceUse[] | undefined
  pipelines: readonly Pipeline[]
}

/** One channel with its lines. */
export function ChannelSources({ connection, sources, use, pipelines }: Props) {
  const [isAdding, setAdding] = useState(false)
  const cameBy = (externalId: string | null) => use?.find((one) => one.externalId === externalId)
  const { title } = connection
  return (
    <section aria-label={t('sources.listOf', { channel: title })} className="rounded-lg border border-line">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-3">
        <ChannelMark channel={connection} size={20} />
        <h3 className="min-w-0 truncate text-md font-semibold">
          <bdi>{title}</bdi>
        </h3>
        <Health connection={connection} />
        <span className="ms-auto text-xs text-ink-3">
          <Use use={cameBy(null)} isCounted={use !== undefined} />
        </span>
      </header>
      <ul className="border-t border-line">
        {sources.map((source) => (
          <SourceRow
            key={source.id}
            source={source}
            pipelines={pipelines}
            use={<Use use={cameBy(source.externalId)} isCounted={use !== undefined} />}
          />
        ))}
        <Rest sources={sources} pipelines={pipelines} />
      </ul>
      {connection.isConnected && (
        <footer className="border-t border-line px-4 py-2.5">
          {isAdding ? (
            <NewSource connection={connection} onClose={() => setAdding(false)} />
          ) : (
            <Button
              size="sm"
              look="ghost"
              className="-ms-2"
              aria-label={t('sources.addTo', { channel: title })}
              onClick={() => setAdding(true)}
            >
              <Plus size={15} aria-hidden="true" />
              {t('sources.add')}
            </Button>
          )}
        </footer>
      )}
    </section>
  )
}

/** Which pipeline takes what comes without a source; with a default there is no such thing. */
function Rest({ sources, pipelines }: Pick<Props, 'sources' | 'pipelines'>) {
  const main = pipelines.find(({ isMain }) => isMain)
  if (!main || sources.some(({ isDefault }) => isDefault)) return null
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-line px-4 py-2.5 not-first:border-t">
      <div className="min-w-0 flex-1 basis-52">
        <p className="font-medium">{t(sources.length === 0 ? 'sources.everything' : 'sources.rest')}</p>
        {sources.length > 0 && <p className="text-xs text-ink-3">{t('sources.restHint')}</p>}
      </div>
      <p className="max-w-full text-ink-2">{t('sources.mainPipeline', { path: pathOf(main) })}</p>
    </li>
  )
}

function Use({ use, isCounted }: { use: SourceUse | undefined; isCounted: boolean }) {
  const now = useNow()
  if (!isCounted) return null
  if (!use) return t('sources.noChats')
  const { chats, lastActivityAt } = use
  const count = t('sources.chats', { count: chats })
  if (lastActivityAt === null) return count
  return `${count}, ${t('sources.last', { time: format.rowTime(lastActivityAt, now) })}`
}

function Health({ connection: { isConnected, health } }: { connection: Connection }) {
  const state = !isConnected ? 'disconnected' : STATES[health.state]
  const isWell = state === 'well'
  return (
    <span
      title={health.lastFailure ?? undefined}
      className={clsx(
        'flex shrink-0 items-center gap-1.5 text-xs',
        isWell ? 'text-ink-3' : state === 'disconnected' ? 'text-ink-2' : 'font-medium text-bad',
      )}
    >
      <span
        aria-hidden="true"
        className={clsx('size-2 rounded-full', isWell ? 'bg-ok' : state === 'disconnected' ? 'bg-ink-3' : 'bg-bad')}
      />
      {t(`sources.${state}`)}
    </span>
  )
}

const STATES = { ok: 'well', failing: 'failing', switched_off: 'off' } as const
