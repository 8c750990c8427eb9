import type { ChannelId, DeliveryId } from '@parley/protocol/model'
import { createSigningKey } from '@parley/protocol/signing'
import { scopeIdOf } from '../domain/channels/channel-registry.ts'
import type { OutgoingTyping, SendTyping } from '../domain/chats/typing.ts'
import type { Deps } from '../domain/deps.ts'
import { BoundedMap } from '../lib/bounded-map.ts'
import { hookHeaders, hookTarget } from '../wire/hook-request.ts'
import type { SendHook } from '../wire/send-hook.ts'
import { buildTypingHook } from '../wire/typing-hook.ts'

export interface TypingDeps extends Pick<Deps, 'clock' | 'log' | 'newId' | 'secretBox'> {
  send: SendHook
}

const APART_MS = 5000
const TIMEOUT_MS = 5000
const REMEMBERED = 10_000
/** Under way at once, of one channel: an endpoint that hangs costs no more than that. */
const MOST_AT_ONCE = 16

/**
 * Typing hooks (spec 02 A4): at most one every five seconds per chat and user, sent once. They stand in no lane: what comes late
 * is worth nothing, and no message waits for it. Per node.
 */
export function createTypingSender(deps: TypingDeps): SendTyping {
  const lastSentMs = new BoundedMap<string, number>(REMEMBERED)
  const underWay = new Map<ChannelId, number>()

  async function sendOnce(typing: OutgoingTyping): Promise<void> {
    const target = hookTarget('v2', typing.endpoint, scopeIdOf(typing.channelId, typing.account))
    if (!target) return
    const body = Buffer.from(buildTypingHook(typing))
    const headers = hookHeaders({
      deliveryId: deps.newId() as DeliveryId,
      attempt: 1,
      body,
      secret: createSigningKey(deps.secretBox.open(typing.endpoint.secretSealed)),
      now: deps.clock.now(),
    })
    const outcome = await deps.send({ ...target, method: 'POST', headers, body, timeoutMs: TIMEOUT_MS })
    deps.log.debug({ channelId: typing.channelId, outcome }, 'a typing hook was sent')
  }

  return (typing) => {
    const { channelId, chat, user, startedAt } = typing
    const key = `${chat.id} ${user.id}`
    const nowMs = startedAt.getTime()
    const agoMs = nowMs - (lastSentMs.get(key) ?? Number.NEGATIVE_INFINITY)
    const count = underWay.get(channelId) ?? 0
    if ((agoMs >= 0 && agoMs < APART_MS) || count >= MOST_AT_ONCE) return
    lastSentMs.set(key, nowMs)
    underWay.set(channelId, count + 1)
    void sendOnce(typing)
      .catch((error: unknown) => deps.log.error({ err: error, channelId }, 'a typing hook could not be made'))
      .finally(() => {
        const left = (underWay.get(channelId) ?? 1) - 1
        if (left > 0) underWay.set(channelId, left)
        else underWay.delete(channelId)
      })
  }
}
