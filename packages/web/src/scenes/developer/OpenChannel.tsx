import type { ChannelCard } from '@parley/protocol/model'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { Copy } from 'lucide-react'
import { Suspense, useEffect, useRef } from 'react'
import { t } from '../../i18n/t.ts'
import { ChannelMark } from '../../parts/ChannelMark.tsx'
import { copyText } from '../../parts/copy-text.ts'
import { IconButton } from '../../parts/IconButton.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { ReferenceLink } from '../../parts/ReferenceLink.tsx'
import { SceneFrame } from '../../parts/SceneFrame.tsx'
import { Select } from '../../parts/Select.tsx'
import { SkeletonRows } from '../../parts/SkeletonRows.tsx'
import { TAB } from '../../parts/tab-classes.ts'
import { toast } from '../../parts/toast.ts'
import { LastHour } from './LastHour.tsx'
import { TABS } from './tabs.ts'

/** One channel: its head, the bar of tabs, and the open tab. */
export function OpenChannel({ channels }: { channels: readonly ChannelCard[] }) {
  const { channelId, tab: tabId } = useParams({ strict: false })
  const channel = channels.find(({ id }) => id === channelId)
  const tab = tabId === undefined ? TABS[0] : TABS.find(({ id }) => id === tabId)
  if (!channel)
    return (
      <SceneFrame title={t('developer.title')}>
        <Notice title={t('developer.unknown')} hint={t('developer.unknownHint')}>
          <Link to="/developer" className="text-accent-ink hover:underline">
            {t('developer.toChannels')}
          </Link>
        </Notice>
      </SceneFrame>
    )
  const Tab = tab?.component
  return (
    <SceneFrame
      title={<Link to="/developer">{t('developer.title')}</Link>}
      beside={<ChannelHead channel={channel} channels={channels} tabId={tab?.id} />}
      actions={
        <>
          <LastHour channelId={channel.id} />
          <ReferenceLink page={tab?.guide ?? ''}>
            <span className="max-md:sr-only">{t('developer.guide')}</span>
          </ReferenceLink>
        </>
      }
      tabs={<TabBar channel={channel} openId={tab?.id} />}
      isFixed
    >
      {Tab ? (
        <Suspense fallback={<SkeletonRows count={10} height={40} />}>
          <Tab key={channel.id} channel={channel} />
        </Suspense>
      ) : (
        <Notice title={t('developer.unknownTab')} />
      )}
    </SceneFrame>
  )
}

interface HeadProps {
  channel: ChannelCard
  channels: readonly ChannelCard[]
  tabId: string | undefined
}

/** Which channel, and what it is called where it is programmed. */
function ChannelHead({ channel, channels, tabId }: HeadProps) {
  const navigate = useNavigate()
  const go = (channelId: string) =>
    tabId === undefined
      ? navigate({ to: '/developer/$channelId', params: { channelId } })
      : navigate({ to: '/developer/$channelId/$tab', params: { channelId, tab: tabId }, search: {} })
  return (
    <>
      <Select
        label={t('developer.channel')}
        isLabelHidden
        className="w-56 max-w-full"
        value={channel.id as string}
        onChange={(id) => void go(id)}
        options={channels.map(({ id, code, name }) => ({
          value: id as string,
          label: name,
          icon: (
            <span aria-hidden="true">
              <ChannelMark channel={{ code, title: name }} size={16} />
            </span>
          ),
        }))}
      />
      <span className="flex min-w-0 items-center gap-0.5 text-xs text-ink-3">
        <span className="truncate font-mono" title={channel.id}>
          {channel.id}
        </span>
        <IconButton label={t('developer.copyId')} onClick={() => void copyId(channel.id)}>
          <Copy className="!size-[15px]" />
        </IconButton>
      </span>
    </>
  )
}

async function copyId(id: string): Promise<void> {
  toast({ text: t((await copyText(id)) ? 'parts.copied' : 'parts.notCopied') })
}

function TabBar({ channel, openId }: { channel: ChannelCard; openId: string | undefined }) {
  const bar = useRef<HTMLElement>(null)
  // On a phone there is no room for all of them.
  // biome-ignore lint/correctness/useExhaustiveDependencies: when another one is open
  useEffect(() => {
    bar.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [openId])
  return (
    <nav ref={bar} aria-label={t('developer.tabs')} className="flex gap-1 overflow-x-auto px-2 [scrollbar-width:none]">
      {TABS.map(({ id, label }) => (
        <Link
          key={id}
          to="/developer/$channelId/$tab"
          params={{ channelId: channel.id, tab: id }}
          search={{}}
          aria-current={id === openId ? 'page' : undefined}
          className={TAB}
        >
          {t(label)}
        </Link>
      ))}
    </nav>
  )
}
