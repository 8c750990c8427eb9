import type { Draft as ServerDraft } from '@parley/protocol/model'
import { ApiRefusal } from '../api.ts'
import { planBackoff } from '../backoff.ts'
import {
  contentOf,
  type Draft,
  type DraftContent,
  type DraftPlace,
  EMPTY_CONTENT,
  fromServer,
  isSameContent,
  mergeDrafts,
  placeOf,
} from './draft.ts'

/** A draft and what the server was last known to hold of it. */
export interface HeldDraft {
  draft: Draft
  base: { version: number; content: DraftContent }
}

export const NOTHING_SAVED: HeldDraft['base'] = { version: 0, content: EMPTY_CONTENT }
export const isUnsaved = ({ draft, base }: HeldDraft): boolean => !isSameContent(contentOf(draft), base.content)

export interface DraftSyncDeps {
  read(place: DraftPlace): HeldDraft
  write(place: DraftPlace, held: HeldDraft): void
  /** Every place that this browser holds something of. */
  list(): DraftPlace[]
  /** `isLeaving`: it may be the page's last act. */
  save(place: DraftPlace, draft: DraftContent & { version: number }, isLeaving: boolean): Promise<ServerDraft>
  /** Answers how to call it off. */
  after(ms: number, act: () => void): () => void
  random(): number
}

/** From the last key to the server. */
const IDLE_MS = 800
const BACKOFF = { firstMs: 2_000, maxMs: 60_000 }

interface Progress {
  callOff?: () => void
  /** What is on its way. */
  attempt?: DraftContent
  /** Heard while something was on its way; looked at once that is settled. */
  heard?: ServerDraft
  failures: number
  /** The server will not have it as it is: the next change tries again. */
  isRefused: boolean
}

/**
 * Keeps a person's drafts the same on all his screens: what changes here is saved after a pause, on top of the version it was
 * made from; what another screen saved is joined with what stands here. One save at a time for each draft, so its own echo is known.
 */
export class DraftSync {
  readonly #deps: DraftSyncDeps
  readonly #progress = new Map<DraftPlace, Progress>()
  #isStopped = false

  constructor(deps: DraftSyncDeps) {
    this.#deps = deps
  }

  /** Something was typed, attached, or (`isUrgent`) sent. */
  changed(place: DraftPlace, { isUrgent = false } = {}): void {
    const progress = this.#of(place)
    progress.isRefused = false
    this.#schedule(place, isUrgent ? 0 : IDLE_MS)
  }

  /** Another screen of the same person, or this one, has saved a draft. */
  hear(server: ServerDraft): void {
    const place = placeOf(server.chatId, server.kind)
    const progress = this.#of(place)
    if (progress.attempt) {
      if (!progress.heard || progress.heard.version < server.version) progress.heard = server
    } else this.#take(place, server)
  }

  /**
   * Everything the server holds, as it was read: what this screen holds of others was emptied elsewhere.
   * @param before  the versions this screen knew when the reading began
   */
  hearAll(all: readonly ServerDraft[], before: ReadonlyMap<DraftPlace, number>): void {
    const kept = new Set(all.map(({ chatId, kind }) => placeOf(chatId, kind)))
    for (const server of all) this.hear(server)
    for (const place of this.#deps.list()) {
      const held = this.#deps.read(place)
      const isKnownToServer = held.base.version > 0 && held.base.version === before.get(place)
      if (!kept.has(place) && isKnownToServer && !isUnsaved(held) && !isSameContent(held.base.content, EMPTY_CONTENT))
        this.#deps.write(place, { draft: fromNothing(held.draft), base: { ...held.base, content: EMPTY_CONTENT } })
    }
    this.retry()
  }

  /** The network is back, or the page was opened: whatever is not saved yet goes. */
  retry(): void {
    for (const place of this.#deps.list()) if (isUnsaved(this.#deps.read(place))) this.#schedule(place, 0)
  }

  /** Somebody leaves the chat, or the page. */
  flush(isLeaving = false): void {
    for (const place of this.#deps.list()) {
      const progress = this.#of(place)
      if (!progress.callOff || progress.attempt) continue
      progress.callOff()
      delete progress.callOff
      void this.#save(place, isLeaving)
    }
  }

  stop(): void {
    this.#isStopped = true
    for (const { callOff } of this.#progress.values()) callOff?.()
  }

  #of(place: DraftPlace): Progress {
    const known = this.#progress.get(place) ?? { failures: 0, isRefused: false }
    this.#progress.set(place, known)
    return known
  }

  #schedule(place: DraftPlace, ms: number): void {
    const progress = this.#of(place)
    progress.callOff?.()
    delete progress.callOff
    if (this.#isStopped || progress.isRefused) return
    progress.callOff = this.#deps.after(ms, () => {
      delete progress.callOff
      void this.#save(place, false)
    })
  }

  async #save(place: DraftPlace, isLeaving: boolean): Promise<void> {
    const progress = this.#of(place)
    const { draft, base } = this.#deps.read(place)
    const content = contentOf(draft)
    // What changes while one is on its way goes when that is settled.
    if (progress.attempt || isSameContent(content, base.content)) return
    progress.attempt = content
    const saved = await this.#deps
      .save(place, { ...content, version: base.version }, isLeaving)
      .catch((error: unknown) => this.#fail(progress, error))
    if (this.#isStopped) return
    if (saved) this.#settle(place, content, saved)
    const heard = progress.heard
    const attempt = progress.attempt
    delete progress.attempt
    delete progress.heard
    // The answer may have been lost, and what it would have said been heard as news.
    if (heard && attempt && isSameContent(contentOf(fromServer(heard)), attempt)) this.#settle(place, attempt, heard)
    else if (heard) this.#take(place, heard)
    const waitMs = progress.failures === 0 ? IDLE_MS : planBackoff(progress.failures, BACKOFF, this.#deps.random())
    if (isUnsaved(this.#deps.read(place))) this.#schedule(place, waitMs)
  }

  /** Answers what stands on the server, when it refused because of that. */
  #fail(progress: Progress, error: unknown): ServerDraft | undefined {
    if (error instanceof ApiRefusal && error.status === 409 && error.details.draft) {
      progress.heard = error.details.draft as ServerDraft
      progress.failures = 0
      return undefined
    }
    if (error instanceof ApiRefusal && error.status < 500 && error.status !== 401 && error.status !== 429)
      progress.isRefused = true
    progress.failures += 1
    return undefined
  }

  #settle(place: DraftPlace, content: DraftContent, { version }: ServerDraft): void {
    const { draft, base } = this.#deps.read(place)
    this.#of(place).failures = 0
    if (version >= base.version) this.#deps.write(place, { draft, base: { version, content } })
  }

  #take(place: DraftPlace, server: ServerDraft): void {
    const held = this.#deps.read(place)
    if (server.version <= held.base.version) return
    const theirs = fromServer(server)
    const draft = isUnsaved(held) ? mergeDrafts(held.base.content, held.draft, theirs) : withLocal(held.draft, theirs)
    const next = { draft, base: { version: server.version, content: contentOf(theirs) } }
    this.#deps.write(place, next)
    if (isUnsaved(next)) this.#schedule(place, IDLE_MS)
  }
}

/** What has not gone to the server yet stays: files on their way. */
const withLocal = (mine: Draft, theirs: Draft): Draft => ({
  ...theirs,
  files: [
    ...theirs.files.map((file) => mine.files.find((own) => own.uploaded?.id === file.uploaded?.id) ?? file),
    ...mine.files.filter(({ uploaded }) => uploaded === undefined),
  ],
})

const fromNothing = (mine: Draft): Draft =>
  withLocal(mine, {
    ...mine,
    text: '',
    files: [],
    isAsFiles: false,
    target: null,
    buttons: null,
    template: null,
    since: null,
  })
