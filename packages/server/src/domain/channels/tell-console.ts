import type { AccountId, ChannelId, RealtimeChannelTraffic } from '@parley/protocol/model'
import type { Deps } from '../deps.ts'

/** Tells whoever looks at a channel's console, in the account that registered it, that there is something to read. */
export function tellConsole(
  whisper: Deps['whisper'],
  { accountId, channelId }: { accountId: AccountId; channelId: ChannelId },
  what: RealtimeChannelTraffic['what'],
): void {
  whisper(accountId, { audience: null, isForAdmins: true, frame: { type: 'channel_traffic', channelId, what } })
}
