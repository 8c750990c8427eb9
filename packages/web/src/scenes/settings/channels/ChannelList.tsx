import type { ChannelCard as Card, Source } from '@parley/protocol/model'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Cable, Plus } from 'lucide-react'
import { channelsQuery } from '../../../data/channels/queries.ts'
import { allSourcesQuery } from '../../../data/work/queries.ts'
import { t } from '../../../i18n/t.ts'
import { buttonClasses } from '../../../parts/button-classes.ts'
import { Notice, Problem } from '../../../parts/Notice.tsx'
import { ReferenceLink } from '../../../parts/ReferenceLink.tsx'
import { SkeletonRows } from '../../../parts/SkeletonRows.tsx'
import { SettingsPage } from '../SettingsPage.tsx'
import { ChannelCard } from './ChannelCard.tsx'
import { CHANNEL_GROUPS, type ChannelGroup, groupOf } from './channel-state.ts'

/** Every channel the account may use, by how it stands. */
export function ChannelList() {
  const query = useQuery(channelsQuery)
  const { data: sources } = useQuery(allSourcesQuery)
  const cards = query.data?.items
  return (
    <SettingsPage
      title={t('channels.title')}
      hint={t('channels.hint')}
      width="wide"
      actions={
        <>
          <ReferenceLink page="guides/first-channel">{t('channels.guide')}</ReferenceLink>
          <Link
            to="/settings/$section/$part"
            params={{ section: 'channels', part: 'new' }}
            className={buttonClasses('primary')}
          >
            <Plus size={15} aria-hidden="true" />
            {t('channels.register')}
          </Link>
        </>
      }
    >
      {query.isError && !cards ? (
        <Problem title={t('channels.failed')} error={query.error} onRetry={() => void query.refetch()} />
      ) : !cards ? (
        <SkeletonRows count={4} height={96} hasDisc />
      ) : cards.length === 0 ? (
        <Notice
          title={t('channels.none')}
          hint={t('channels.noneHint')}
          drawing={<Cable size={28} strokeWidth={1.6} aria-hidden="true" className="text-ink-3" />}
        />
      ) : (
        CHANNEL_GROUPS.map((group) => (
          <Group
            key={group}
            group={group}
            cards={cards.filter((card) => groupOf(card) === group)}
            sources={sources?.items ?? []}
          />
        ))
      )}
    </SettingsPage>
  )
}

interface GroupProps {
  group: ChannelGroup
  cards: readonly Card[]
  sources: readonly Source[]
}

function Group({ group, cards, sources }: GroupProps) {
  if (cards.length === 0) return null
  const label = t(`channels.group.${group}`)
  return (
    <section aria-label={label}>
      <h3 className="mb-2 flex items-baseline gap-2 text-md font-semibold">
        {label}
        <span className="tnum text-xs font-normal text-ink-3">{cards.length}</span>
      </h3>
      <ul className="grid gap-3 @2xl:grid-cols-2 @5xl:grid-cols-3">
        {cards.map((card) => (
          <ChannelCard key={card.id} card={card} sources={sources.filter(({ channelId }) => channelId === card.id)} />
        ))}
      </ul>
    </section>
  )
}
