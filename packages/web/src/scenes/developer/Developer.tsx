import type { ChannelCard } from '@parley/protocol/model'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ChevronRight, CodeXml, LockKeyhole, Plus } from 'lucide-react'
import type { ReactNode } from 'react'
import { ownChannelsQuery } from '../../data/developer/channels.ts'
import { useMe } from '../../data/queries.ts'
import { t } from '../../i18n/t.ts'
import { ChannelMark } from '../../parts/ChannelMark.tsx'
import { ChannelStateBadge } from '../../parts/ChannelStateBadge.tsx'
import { Notice, Problem } from '../../parts/Notice.tsx'
import { ReferenceLink } from '../../parts/ReferenceLink.tsx'
import { SceneFrame } from '../../parts/SceneFrame.tsx'
import { SkeletonRows } from '../../parts/SkeletonRows.tsx'
import { useTitle } from '../../shell/use-title.ts'
import { OpenChannel } from './OpenChannel.tsx'

/** The channels this account registered: which one to look into. */
export function Developer() {
  return <ForAdmins>{(channels) => <ChannelList channels={channels} />}</ForAdmins>
}

/** What goes in and out of one of them. */
export function ChannelConsole() {
  return <ForAdmins>{(channels) => <OpenChannel channels={channels} />}</ForAdmins>
}

function ForAdmins({ children }: { children: (channels: readonly ChannelCard[]) => ReactNode }) {
  useTitle(t('developer.title'))
  const { user } = useMe()
  const isAdmin = user.role === 'admin'
  const query = useQuery({ ...ownChannelsQuery, enabled: isAdmin })
  if (query.data) return children(query.data)
  return (
    <SceneFrame title={t('developer.title')}>
      {!isAdmin ? (
        <Notice
          title={t('developer.noPermission')}
          hint={t('developer.noPermissionHint')}
          drawing={<LockKeyhole size={28} strokeWidth={1.6} aria-hidden="true" className="text-ink-3" />}
        />
      ) : query.isError ? (
        <Problem title={t('developer.loadFailed')} error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <SkeletonRows count={4} height={64} hasDisc />
      )}
    </SceneFrame>
  )
}

function ChannelList({ channels }: { channels: readonly ChannelCard[] }) {
  if (channels.length === 0)
    return (
      <SceneFrame title={t('developer.title')} actions={<ReferenceLink>{t('developer.reference')}</ReferenceLink>}>
        <Notice
          title={t('developer.none')}
          hint={t('developer.noneHint')}
          drawing={<CodeXml size={28} strokeWidth={1.6} aria-hidden="true" className="text-ink-3" />}
        >
          <RegisterLink />
        </Notice>
      </SceneFrame>
    )
  return (
    <SceneFrame
      title={t('developer.title')}
      actions={
        <>
          <ReferenceLink>{t('developer.reference')}</ReferenceLink>
          <RegisterLink />
        </>
      }
    >
      <ul aria-label={t('developer.channels')} className="divide-y divide-line border-b border-line">
        {channels.map((channel) => (
          <ChannelRow key={channel.id} channel={channel} />
        ))}
      </ul>
    </SceneFrame>
  )
}

function ChannelRow({ channel }: { channel: ChannelCard }) {
  const { id, code, name } = channel
  return (
    <li>
      <Link
        to="/developer/$channelId"
        params={{ channelId: id }}
        className="flex h-16 items-center gap-3 px-4 -outline-offset-2 hover:bg-hover"
      >
        <span aria-hidden="true">
          <ChannelMark channel={{ code, title: name }} size={32} />
        </span>
        <span className="min-w-0 flex-1">
          <bdi className="block truncate font-medium">{name}</bdi>
          <span className="block truncate font-mono text-2xs text-ink-3">{code}</span>
        </span>
        <ChannelStateBadge channel={channel} />
        <ChevronRight size={16} aria-hidden="true" className="shrink-0 text-ink-3 rtl:-scale-x-100" />
      </Link>
    </li>
  )
}

/** The form stands in the settings. */
function RegisterLink() {
  return (
    <Link
      to="/settings/$section/$part"
      params={{ section: 'channels', part: 'new' }}
      className="inline-flex h-8 items-center gap-1.5 rounded-md bg-accent px-3 font-medium text-on-accent hover:bg-accent-hover pointer-coarse:h-10"
    >
      <Plus size={15} aria-hidden="true" />
      {t('developer.register')}
    </Link>
  )
}
