import type { AccountId, ChatId, RealtimePresence, UserId } from '@parley/protocol/model'
import type { Whisper } from '../domain/event-stream.ts'
import type { Presence, Visit } from '../domain/presence.ts'
import type { Audience, Viewer } from '../domain/users/viewer.ts'
import type { Clock } from '../lib/clock.ts'

/** A screen says it every twenty seconds: one lost word is no goodbye. */
const HOLDS_MS = 50_000
const SWEEP_EVERY_MS = 60_000

export interface BoardDeps {
  clock: Clock
  whisper: (accountId: AccountId, whisper: Whisper) => void
}

/** Every node hears everything that is said anywhere, so each has the whole picture, a minute after its start at the latest. */
export class PresenceBoard implements Presence {
  readonly #deps: BoardDeps
  /** By account and chat, then by tab. */
  readonly #open = new Map<string, Map<string, RealtimePresence>>()
  /** What was said on this node, by account and user, then by tab: to be taken back when he is gone. */
  readonly #said = new Map<string, Map<string, { frame: RealtimePresence; audience: Audience }>>()
  #sweptAt = 0

  constructor(deps: BoardDeps) {
    this.#deps = deps
  }

  tell({ account, user }: Viewer, { chatId, audience, tab, isHere }: Visit): void {
    const until = isHere ? this.#now() + HOLDS_MS : 0
    const frame: RealtimePresence = { type: 'presence', chatId, user: { id: user.id, name: user.name }, tab, until }
    const key = nameOf(account.id, user.id)
    const said = this.#said.get(key) ?? new Map()
    if (isHere) this.#said.set(key, said.set(tab, { frame, audience }))
    else if (said.get(tab)?.frame.chatId === chatId) said.delete(tab)
    if (said.size === 0) this.#said.delete(key)
    this.#deps.whisper(account.id, { audience, frame })
  }

  list({ account, user }: Viewer, chatId: ChatId): RealtimePresence[] {
    const now = this.#now()
    const open = [...(this.#open.get(nameOf(account.id, chatId))?.values() ?? [])]
    return open.filter((one) => one.until > now && one.user.id !== user.id)
  }

  leave(accountId: AccountId, userId: UserId): void {
    const key = nameOf(accountId, userId)
    const said = [...(this.#said.get(key)?.values() ?? [])]
    this.#said.delete(key)
    for (const { frame, audience } of said) this.#deps.whisper(accountId, { audience, frame: { ...frame, until: 0 } })
  }

  /** What was said on this node or another. */
  hear(accountId: AccountId, frame: RealtimePresence): void {
    const key = nameOf(accountId, frame.chatId)
    const open = this.#open.get(key) ?? new Map()
    if (frame.until > this.#now()) this.#open.set(key, open.set(frame.tab, frame))
    else open.delete(frame.tab)
    if (open.size === 0) this.#open.delete(key)
    this.#sweep()
  }

  #sweep(): void {
    const now = this.#now()
    if (now - this.#sweptAt < SWEEP_EVERY_MS) return
    this.#sweptAt = now
    forgetEnded(this.#open, (frame) => frame.until <= now)
    forgetEnded(this.#said, ({ frame }) => frame.until <= now)
  }

  #now = () => this.#deps.clock.now().getTime()
}

const nameOf = (accountId: AccountId, what: ChatId | UserId) => `${accountId} ${what}`

function forgetEnded<Held>(all: Map<string, Map<string, Held>>, hasEnded: (held: Held) => boolean): void {
  for (const [key, byTab] of all) {
    for (const [tab, held] of byTab) if (hasEnded(held)) byTab.delete(tab)
    if (byTab.size === 0) all.delete(key)
  }
}
