import type { AccountId, ChannelId } from '@parley/protocol/model'
import type { Generated } from 'kysely'
import type { Json, OrNull, Time } from './columns.ts'

export interface SimulatorTables {
  simulated_client: {
    account_id: AccountId
    channel_id: ChannelId
    id: string
    name: string
    phone: OrNull<string>
    avatar: OrNull<string>
    source: OrNull<string>
    created_at: Time
  }
  test_run: {
    account_id: AccountId
    channel_id: ChannelId
    started_at: Time
    probes: Json
  }
  simulator_entry: {
    account_id: AccountId
    channel_id: ChannelId
    id: Generated<number>
    at: Time
    kind: 'request' | 'hook'
    data: Json
  }
}
