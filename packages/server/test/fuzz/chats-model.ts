/**
 * The rules of the chats API (spec 01 §3.4.6, §3.5, §3.8, §6) once more, as plainly as they can be said: no database, no
 * batches, no time. Written from the specification, to hold the server against.
 *
 * What nobody promises is not here: which of several messages that came in one moment a notification names.
 */
export type Author = 'client' | 'user' | 'bot'
export type Status = 'received' | 'sent' | 'delivered' | 'read' | 'failed'

export interface ModelMessage {
  chat: string
  /** Null for what was written here. */
  msgid: string | null
  author: Author
  text: string
  atMs: number
  /** Breaks ties of `atMs`. */
  arrival: number
  status: Status
  /** One per person. */
  reactions: Map<string, string>
  earlierTexts: string[]
  /** The platform's id, once it has said so. */
  id: string | undefined
}

export interface ModelLead {
  isIncoming: boolean
}

export interface ModelChat {
  name: string
  client: string
  messages: ModelMessage[]
  unread: number
  lead: ModelLead | null
  /** Notifications about it: all, and those that the manager has not seen. */
  notices: number
  unseenNotices: number
  /** The platform's id. */
  id: string | undefined
}

export interface NewModelMessage {
  chat: string
  msgid: string
  author: Author
  text: string
  atMs: number
  isSilent: boolean
}

export class ChatsModel {
  readonly chats = new Map<string, ModelChat>()
  readonly notices = { incoming_lead: 0, new_message: 0 }
  isConnected = true
  /** What the channel was given to deliver, in order. */
  readonly hooks: ModelMessage[] = []
  /** One open lead per client; one that was declined counts as none. */
  readonly #openLeads = new Map<string, ModelLead>()
  readonly #clientOf: (chat: string) => string
  #arrivals = 0

  constructor(clientOf: (chat: string) => string) {
    this.#clientOf = clientOf
  }

  /** Everything said so far, in order of arrival. */
  get messages(): ModelMessage[] {
    return [...this.chats.values()].flatMap((chat) => chat.messages).sort((a, b) => a.arrival - b.arrival)
  }

  get leads(): ModelLead[] {
    return [...this.#openLeads.values()]
  }

  chat(name: string): ModelChat {
    const known = this.chats.get(name)
    if (known) return known
    const chat: ModelChat = {
      name,
      client: this.#clientOf(name),
      messages: [],
      unread: 0,
      lead: null,
      notices: 0,
      unseenNotices: 0,
      id: undefined,
    }
    this.chats.set(name, chat)
    return chat
  }

  /** Newest first. */
  pageOf(name: string, offset = 0, limit = Number.POSITIVE_INFINITY): ModelMessage[] {
    return (this.chats.get(name)?.messages ?? [])
      .toSorted((a, b) => b.atMs - a.atMs || b.arrival - a.arrival)
      .slice(offset, offset + limit)
  }

  /** A message that comes through the API. The same msgid in the same chat again is the first one. */
  receive({ chat: name, isSilent, ...given }: NewModelMessage): ModelMessage {
    const chat = this.chat(name)
    const first = chat.messages.find((message) => message.msgid === given.msgid)
    if (first) return first
    const message = this.#add(chat, { ...given, status: given.author === 'client' ? 'received' : 'sent' })
    if (isSilent) return message
    const isNewLead = this.#joinOrOpenLead(chat)
    const isFirstUnread = given.author === 'client' && chat.unread === 0
    if (given.author === 'client') chat.unread += 1
    if (isNewLead || isFirstUnread) this.#notify(chat, isNewLead ? 'incoming_lead' : 'new_message', given.author)
    return message
  }

  /** What a manager writes here. */
  reply(name: string, text: string, atMs: number): ModelMessage {
    const message = this.#add(this.chat(name), { msgid: null, author: 'user', text, atMs, status: 'sent' })
    this.hooks.push(message)
    return message
  }

  edit(message: ModelMessage, text: string): void {
    message.earlierTexts.push(message.text)
    message.text = text
  }

  /** Answers false when a client wrote the message. */
  setStatus(message: ModelMessage, code: 0 | 1 | 2 | -1): boolean {
    if (message.author === 'client') return false
    if (code === 2) message.status = 'read'
    else if (code === 1 && message.status !== 'read') message.status = 'delivered'
    else if (code === -1 && message.status !== 'read') message.status = 'failed'
    return true
  }

  /** Null takes it back. */
  react(message: ModelMessage, person: string, emoji: string | null): void {
    if (emoji === null) message.reactions.delete(person)
    else message.reactions.set(person, emoji)
  }

  read(name: string): void {
    const chat = this.chat(name)
    chat.unread = 0
    chat.unseenNotices = 0
  }

  /** Answers false when there is nothing to decide. */
  decide(name: string, isAccepted: boolean): boolean {
    const { client, lead } = this.chat(name)
    if (!lead?.isIncoming) return false
    if (isAccepted) {
      lead.isIncoming = false
      return true
    }
    this.#openLeads.delete(client)
    for (const chat of this.chats.values()) if (chat.lead === lead) chat.lead = null
    return true
  }

  #add(chat: ModelChat, given: Pick<ModelMessage, 'msgid' | 'author' | 'text' | 'atMs' | 'status'>): ModelMessage {
    this.#arrivals += 1
    const message: ModelMessage = {
      ...given,
      chat: chat.name,
      arrival: this.#arrivals,
      reactions: new Map(),
      earlierTexts: [],
      id: undefined,
    }
    chat.messages.push(message)
    return message
  }

  /** Answers whether there is a new lead. */
  #joinOrOpenLead(chat: ModelChat): boolean {
    if (chat.lead) return false
    const open = this.#openLeads.get(chat.client)
    chat.lead = open ?? { isIncoming: true }
    this.#openLeads.set(chat.client, chat.lead)
    return open === undefined
  }

  /** Everybody but who did it: the manager does not hear of what he wrote himself. */
  #notify(chat: ModelChat, kind: keyof ChatsModel['notices'], author: Author): void {
    if (author === 'user') return
    this.notices[kind] += 1
    chat.notices += 1
    chat.unseenNotices += 1
  }
}
