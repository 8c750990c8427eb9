import type { ChannelId, ChannelWithSecret, SignedExchange, SignedRequestInput } from '@parley/protocol/model'
import { type AppClient, aNewMessage, type TestAccount, type TestWorld } from '@parley/testkit'

const NOWHERE = 'http://127.0.0.1:9/:scope_id'

export interface OwnChannelGround {
  account: TestAccount
  admin: AppClient
  channelId: ChannelId
  scopeId: string
  secret: string
  /** Below the connection, unless it begins with /v2. */
  sign(wish: Partial<SignedRequestInput>): Promise<SignedExchange[]>
}

/** A channel of an account's own, connected through what is tested here. */
export async function ownChannel(world: TestWorld, webhookUrl = NOWHERE): Promise<OwnChannelGround> {
  const account = await world.anAccount()
  const admin = await account.asAdmin()
  const form = { name: 'Harbor Chat', webhookUrl }
  const { channel, secret } = await admin.post<ChannelWithSecret>('/channels', form)
  const { scopeId } = channel
  const sign: OwnChannelGround['sign'] = async ({ path = '', ...wish }) => {
    const whole = path.startsWith('/v2') ? path : `/v2/origin/custom/${scopeId}${path}`
    const body = { method: 'POST', ...wish, path: whole }
    const answer = await admin.post<{ exchanges: SignedExchange[] }>(`/channels/${channel.id}/signed-requests`, body)
    return answer.exchanges
  }
  const body = JSON.stringify({ account_id: account.amojoId, hook_api_version: 'v2' })
  const connect = { path: `/v2/origin/custom/${channel.id}/connect`, body }
  const [connected] = await sign(connect)
  if (connected?.answer.status !== 200) throw new Error(`Connecting answered ${connected?.answer.body}`)
  return { account, admin, channelId: channel.id, scopeId, secret, sign }
}

export const writes = (given: Parameters<typeof aNewMessage>[0]) => JSON.stringify(aNewMessage(given))

export const idsIn = ({ answer }: SignedExchange) =>
  (JSON.parse(answer.body) as { new_message: { msgid: string; conversation_id: string } }).new_message
