import type { ChannelId } from '@parley/protocol/model'
import { useParams } from '@tanstack/react-router'
import { ChannelList } from './ChannelList.tsx'
import { ChannelPage } from './ChannelPage.tsx'
import { NewChannel } from './NewChannel.tsx'

/** What the account may use as channels, one of them, or a new one of its own. */
export function ChannelsSection() {
  const { part } = useParams({ strict: false })
  if (part === undefined) return <ChannelList />
  if (part === 'new') return <NewChannel />
  return <ChannelPage key={part} channelId={part as ChannelId} />
}
