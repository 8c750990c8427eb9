import type { CaughtHook, SignedExchange, SimulatorEntry } from '@parley/protocol/model'

/** A message as the client's messenger has it. */
export interface PhoneMessage {
  /** The platform's id. */
  id: string
  /** The integration's id; null of a manager's. */
  msgid: string | null
  isMine: boolean
  atMs: number
  content: PhoneContent
  /** What it answers to or passes on. */
  quote: string | null
  isEdited: boolean
  reactions: { mine?: string; theirs?: string }
  /** What was reported of it. */
  report: 'delivered' | 'read' | 'error' | null
}

export interface PhoneContent {
  type: string
  text?: string
  media?: string
  file_name?: string
  location?: { lat: number; lon: number }
  contact?: { name: string; phone: string }
  markup?: { buttons?: { text: string; url?: string }[][] } | null
  reply_to?: { message: { text?: string; type?: string; id?: string; msgid?: string } }
  forwards?: { messages: { text?: string; type?: string; id?: string; msgid?: string }[] }
}

export interface PhoneConversation {
  messages: PhoneMessage[]
  /** A manager types until then. */
  typingUntilMs: number
}

/**
 * What the client's messenger shows, of nothing but what went over the wire: requests that were answered with success, and hooks that
 * the endpoint took. What was sent again (the same msgid, the same message in a hook) is there once.
 */
export function foldConversation(entries: readonly SimulatorEntry[], clientId: string): PhoneConversation {
  const phone = new Phone(clientId)
  for (const entry of entries) {
    if (entry.kind === 'request') phone.sent(entry.exchange)
    else phone.took(entry.hook)
  }
  return { messages: phone.messages.sort((a, b) => a.atMs - b.atMs), typingUntilMs: phone.typingUntilMs }
}

const OK = (status: number) => status >= 200 && status < 300
const TAKEN: readonly string[] = ['ok', 'slow', 'garbage']
const REPORTS: Record<string, PhoneMessage['report']> = { 1: 'delivered', 2: 'read', '-1': 'error' }

// biome-ignore lint/suspicious/noExplicitAny: what stands on the wire is looked into field by field
type Loose = any

class Phone {
  readonly messages: PhoneMessage[] = []
  typingUntilMs = 0
  readonly #clientId: string
  constructor(clientId: string) {
    this.#clientId = clientId
  }

  sent({ request, answer }: SignedExchange): void {
    if (!OK(answer.status)) return
    const body = parse(request.body)
    const { payload } = body
    if (payload?.conversation_id === this.#clientId) {
      if (body.event_type === 'edit_message') this.#edit(payload)
      else if (!payload.receiver) this.#write(payload, parse(answer.body).new_message?.msgid)
    } else if (request.target.endsWith('/react') && body.user?.id === this.#clientId) {
      this.#react(this.#named(body), 'mine', body)
    } else if (request.target.endsWith('/delivery_status')) {
      const message = this.messages.find(({ id }) => id === body.msgid)
      if (message) message.report = REPORTS[String(body.status_code)] ?? message.report
    }
  }

  took({ body: text, signature, answer }: CaughtHook): void {
    if (!signature.isRight || !TAKEN.includes(answer.kind)) return
    const { message, action, ...flat } = parse(text)
    if (message?.conversation?.client_id === this.#clientId) this.#answer(message.message, message.msec_timestamp)
    else if (action?.typing?.conversation?.client_id === this.#clientId)
      this.typingUntilMs = action.typing.expired_at * 1000
    else if (action?.reaction?.conversation?.client_id === this.#clientId)
      this.#react(this.#named({ id: action.reaction.msgid }), 'theirs', action.reaction)
    else if (flat.conversation_id === this.#clientId)
      this.#answer({ ...flat, id: `v1-${flat.msec_timestamp}` }, flat.msec_timestamp)
  }

  #write(payload: Loose, id: string): void {
    if (this.messages.some(({ msgid }) => msgid === payload.msgid)) return
    const quoted = payload.reply_to?.message ?? payload.forwards?.messages?.[0]
    this.#keep({ id, msgid: payload.msgid, isMine: true, atMs: payload.msec_timestamp }, payload.message, quoted)
  }

  #answer(content: Loose, atMs: number): void {
    this.typingUntilMs = 0
    if (this.messages.some(({ id }) => id === content.id)) return
    const quoted = content.reply_to?.message ?? content.forwards?.messages?.[0]
    this.#keep({ id: content.id, msgid: null, isMine: false, atMs }, content, quoted)
  }

  #keep(who: Pick<PhoneMessage, 'id' | 'msgid' | 'isMine' | 'atMs'>, content: PhoneContent, quoted: Loose): void {
    const known = quoted && this.#named(quoted)
    const quote = quoted ? (known?.content.text ?? quoted.text ?? quoted.type ?? known?.content.type ?? '…') : null
    this.messages.push({ ...who, content, quote, isEdited: false, reactions: {}, report: null })
  }

  #edit(payload: Loose): void {
    const message = this.messages.find(({ msgid }) => msgid === payload.msgid)
    if (!message) return
    message.content = { ...message.content, ...payload.message }
    message.isEdited = true
  }

  #react(message: PhoneMessage | undefined, whose: 'mine' | 'theirs', { type, emoji }: Loose): void {
    if (!message) return
    if (type === 'unreact') delete message.reactions[whose]
    else message.reactions[whose] = emoji
  }

  #named({ id, msgid }: Loose): PhoneMessage | undefined {
    return this.messages.find((one) => (id && one.id === id) || (msgid && one.msgid === msgid))
  }
}

function parse(text: string): Loose {
  try {
    return JSON.parse(text) ?? {}
  } catch {
    return {}
  }
}
