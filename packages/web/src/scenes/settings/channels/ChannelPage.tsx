import type { ChannelId } from '@parley/protocol/model'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { SquareTerminal } from 'lucide-react'
import { channelsQuery, ownChannelQuery } from '../../../data/channels/queries.ts'
import { t } from '../../../i18n/t.ts'
import { buttonClasses } from '../../../parts/button-classes.ts'
import { ChannelMark } from '../../../parts/ChannelMark.tsx'
import { ChannelStateBadge } from '../../../parts/ChannelStateBadge.tsx'
import { Notice, Problem } from '../../../parts/Notice.tsx'
import { SkeletonRows } from '../../../parts/SkeletonRows.tsx'
import { SettingsPage } from '../SettingsPage.tsx'
import { BackToChannels } from './BackToChannels.tsx'
import { ConnectionCard } from './ConnectionCard.tsx'
import { ModerationNote } from './ModerationNote.tsx'
import { OwnChannelCards } from './OwnChannelCards.tsx'
import { SecretDialog } from './SecretDialog.tsx'

interface Props {
  channelId: ChannelId
}

/** One channel: its connection to this account and, where the account registered it, all that its developer needs. */
export function ChannelPage({ channelId }: Props) {
  const query = useQuery(channelsQuery)
  const card = query.data?.items.find(({ id }) => id === channelId)
  return (
    <SettingsPage
      lead={
        <>
          <BackToChannels />
          {card && <ChannelMark channel={{ code: card.code, title: card.name }} size={28} iconPath={card.iconPath} />}
        </>
      }
      title={card?.name ?? t('channels.title')}
      hint={card && (card.about ?? card.code)}
      actions={
        card && (
          <>
            <ChannelStateBadge channel={card} />
            {card.isOwn && (
              <Link to="/developer/$channelId" params={{ channelId }} className={buttonClasses()}>
                <SquareTerminal size={15} aria-hidden="true" />
                {t('channels.console')}
              </Link>
            )}
          </>
        )
      }
    >
      {query.isError && !query.data ? (
        <Problem title={t('channels.failed')} error={query.error} onRetry={() => void query.refetch()} />
      ) : card ? (
        <>
          {card.isOwn && <Moderation channelId={channelId} />}
          <ConnectionCard card={card} />
          {card.isOwn && <OwnPart channelId={channelId} />}
        </>
      ) : query.isFetching ? (
        <SkeletonRows count={3} height={120} />
      ) : (
        <Notice title={t('channels.gone')} hint={t('channels.goneHint')} />
      )}
      <SecretDialog channelId={channelId} />
    </SettingsPage>
  )
}

function Moderation({ channelId }: Props) {
  const { data } = useQuery(ownChannelQuery(channelId))
  return data && <ModerationNote channel={data} />
}

/** Fails and is read for itself: a connection can be looked after without it. */
function OwnPart({ channelId }: Props) {
  const query = useQuery(ownChannelQuery(channelId))
  if (query.data) return <OwnChannelCards channel={query.data} />
  if (query.isError)
    return <Problem title={t('channels.ownFailed')} error={query.error} onRetry={() => void query.refetch()} />
  return <SkeletonRows count={3} height={120} />
}
