import type { ChannelId } from '@parley/protocol/model'

/** What the people of a channel are told about its endpoint. */
export interface EndpointNotice {
  /** `failing`: for ten minutes now, and again at most once an hour. `switched_off`: for five days; nothing is sent any more. */
  kind: 'failing' | 'recovered' | 'switched_off'
  channel: { id: ChannelId; name: string; code: string; errorEmail: string | null }
  failingSince: Date
  lastFailure: string
}
