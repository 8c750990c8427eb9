import type { Chat, ChatId, FeedItem, LeadChange, Task } from '@parley/protocol/model'
import type { ShownMessage, ShownNote } from '../../conversation/shown-messages.ts'
import { buildRows, type ThreadRow } from '../../conversation/thread-rows.ts'

export interface ShownChange {
  at: number
  change: LeadChange
}

export type FeedRow =
  | ThreadRow
  /** Above messages of another conversation than those before. */
  | { key: string; kind: 'chat'; chat: Chat }
  | { key: string; kind: 'task'; did: 'made' | 'done'; at: number; task: Task }
  /** Several in a row are folded. */
  | { key: string; kind: 'changes'; changes: [ShownChange, ...ShownChange[]] }

interface Given {
  /** Oldest first. */
  items: readonly FeedItem[]
  /** What the server does not have yet: at the end. */
  waiting: { messages: readonly ShownMessage[]; notes: readonly ShownNote[] }
  /** Named above its messages where there are several. */
  chats: readonly Chat[]
}

/** The rows of a feed: days, conversations, messages in groups, notes, tasks, and what was changed, folded. */
export function buildFeedRows({ items, waiting, chats }: Given, dayKey: (at: number) => string): FeedRow[] {
  const maker = new RowMaker(chats, dayKey)
  for (const item of items) maker.add(item)
  const taken = new Set(items.map(({ key }) => key))
  for (const message of waiting.messages)
    if (!taken.has(`message:${message.id}`)) maker.say({ message, chatId: message.chatId })
  for (const note of waiting.notes) if (!taken.has(`note:${note.id}`)) maker.say({ note, chatId: null })
  return maker.end()
}

type Said = { message: ShownMessage; chatId: ChatId } | { note: ShownNote; chatId: null }

class RowMaker {
  readonly #rows: FeedRow[] = []
  readonly #chats: ReadonlyMap<ChatId, Chat>
  readonly #dayKey: (at: number) => string
  #run: Said[] = []
  #day = ''
  #chatId: ChatId | null = null

  constructor(chats: readonly Chat[], dayKey: (at: number) => string) {
    this.#chats = new Map(chats.length > 1 ? chats.map((chat) => [chat.id, chat]) : [])
    this.#dayKey = dayKey
  }

  add(item: FeedItem): void {
    if (item.kind === 'message') this.say({ message: item.message, chatId: item.message.chatId })
    else if (item.kind === 'note') this.say({ note: item.note, chatId: null })
    else {
      this.#flush()
      this.#beginDay(item.at)
      if (item.kind === 'task') this.#rows.push({ ...item })
      else this.#addChange(item.key, { at: item.at, change: item.change })
    }
  }

  /** What is said in one go becomes rows as in a conversation. */
  say(said: Said): void {
    const isOther = said.chatId !== null && said.chatId !== this.#chatId
    if (isOther) {
      this.#flush()
      this.#chatId = said.chatId
      const chat = this.#chats.get(said.chatId)
      if (chat && 'message' in said) {
        this.#beginDay(said.message.sentAt)
        this.#rows.push({ key: `chat ${said.message.id}`, kind: 'chat', chat })
      }
    }
    this.#run.push(said)
  }

  end(): FeedRow[] {
    this.#flush()
    return this.#rows
  }

  #flush(): void {
    if (this.#run.length === 0) return
    const messages = this.#run.flatMap((said) => ('message' in said ? said.message : []))
    const notes = this.#run.flatMap((said) => ('note' in said ? said.note : []))
    this.#run = []
    for (const row of buildRows(messages, notes, null, this.#dayKey)) {
      if (row.kind === 'day') this.#beginDay(row.at)
      else this.#rows.push(row)
    }
  }

  #beginDay(at: number): void {
    const day = this.#dayKey(at)
    if (day === this.#day) return
    this.#day = day
    this.#rows.push({ key: `day ${day}`, kind: 'day', at })
  }

  #addChange(key: string, shown: ShownChange): void {
    const last = this.#rows.at(-1)
    if (last?.kind === 'changes') last.changes.push(shown)
    else this.#rows.push({ key, kind: 'changes', changes: [shown] })
  }
}
