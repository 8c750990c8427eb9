import type { ChannelCard } from '@parley/protocol/model'

/** What every tab is given. What else it needs (an open request, filters) it reads from the address. */
export interface TabProps {
  channel: ChannelCard
}
