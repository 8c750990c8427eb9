import { randomUUID } from 'node:crypto'
import type { AccountId, ChannelId } from '@parley/protocol/model'
import type { Alteration } from './alterations.ts'
import { makeAccount, type TestAccount } from './an-account.ts'
import type { HookReceiver } from './hook-receiver.ts'
import { sendRaw } from './http-request.ts'
import type { RunningWorld } from './running-world.ts'
import { type SignatureScheme, signBody, signHeaders } from './sign-request.ts'

export interface ChannelOptions {
  /** Whose; absent: a new account. */
  account?: TestAccount
  /** More accounts it is approved for (it is connected to all). */
  accounts?: TestAccount[]
  /** False: registered and approved, not connected yet. */
  connected?: boolean
  /** Gets its hooks, in both versions. Absent: nobody is there, and every hook is refused. */
  hook?: HookReceiver
  /** Instead of `hook`: addresses as they are; null: none registered. */
  webhookUrl?: string | null
  webhookUrlV1?: string | null
  hookVersion?: 'v1' | 'v2'
  name?: string
  code?: string
  title?: string
  events?: ('messages' | 'typing' | 'reactions')[]
  errorEmail?: string
  isPublic?: boolean
  legacySignature?: 'none' | 'core' | 'all'
  hookRetry?: 'on' | 'off'
  /** As if the (first) account had registered it itself. */
  isOwned?: boolean
  /** Anything else of the admin API, by its names: `{ is_strict: true }`. */
  settings?: Record<string, unknown>
}

export interface PostOptions {
  /** Below the scope (`/typing`), or a whole one when it begins with `/v2`. */
  path?: string
  method?: string
  /** `body`: the signature of 2017. */
  scheme?: SignatureScheme
  /** What happens to it after signing; several one after another. */
  alter?: Alteration | Alteration[]
  /** Signed at this time instead of now. */
  at?: Date
  /** Through this account's connection instead of the first one's. */
  account?: TestAccount
}

export interface StoredIds {
  conversation_id: string
  sender_id: string
  receiver_id: string | null
  msgid: string
  ref_id: string
}

export interface TestChannel {
  id: string
  code: string
  name: string
  secret: string
  bot: { id: string; clientId: string; name: string }
  account: TestAccount
  accounts: TestAccount[]
  /** Of the first account's connection. */
  scopeId: string
  scopeOf(account: TestAccount): string
  hook: HookReceiver | undefined
  connect(options?: {
    account?: TestAccount
    title?: string
    hookVersion?: 'v1' | 'v2'
    fields?: Record<string, unknown>
  }): Promise<Response>
  disconnect(options?: { account?: TestAccount }): Promise<Response>
  /** Signs and posts by real HTTP. A string is sent as it is, anything else as JSON. */
  post(payload: unknown, options?: PostOptions): Promise<Response>
  get(path: string, options?: PostOptions): Promise<Response>
  /** Posts and answers `new_message` of the reply. @throws {Error} anything but a 200 */
  send(payload: unknown, options?: PostOptions): Promise<StoredIds>
}

export async function makeChannel(world: RunningWorld, options: ChannelOptions = {}): Promise<TestChannel> {
  const first = options.account ?? options.accounts?.[0] ?? (await makeAccount(world))
  const accounts = [...new Set([first, ...(options.accounts ?? [])])]
  const channel = new Channel(world, await register(world, accounts, options), accounts, options)
  // Before anybody asks who it is: what is known of a channel is known for a second.
  if (options.isOwned) await claim(world, channel)
  if (options.connected ?? true) {
    for (const account of accounts) await expectOk(await channel.connect({ account }), 'Connecting the channel')
  }
  return channel
}

interface Registered {
  id: string
  code: string
  secret: string
  bot: { id: string; client_id: string; name: string }
}

/** As an operator does. */
async function register(world: RunningWorld, accounts: TestAccount[], options: ChannelOptions): Promise<Registered> {
  const code = options.code ?? `amo.ext.harbor-${randomUUID().slice(0, 8)}`
  const body = {
    name: options.name ?? 'Harbor Chat',
    code,
    webhook_url: addressOf(options.webhookUrl, options.hook),
    webhook_url_v1: addressOf(options.webhookUrlV1, options.hook),
    accounts: accounts.map(({ id }) => id),
    events: options.events,
    error_email: options.errorEmail,
    is_public: options.isPublic,
    legacy_signature: options.legacySignature,
    hook_retry: options.hookRetry,
    // As a test: rates are tested where they are the subject.
    rate_limit: 100_000,
    ...options.settings,
  }
  const headers = { authorization: `Bearer ${world.adminToken}`, 'content-type': 'application/json' }
  const request = { method: 'POST', path: '/api/admin/v1/channels', headers, body: Buffer.from(JSON.stringify(body)) }
  const answer = await sendRaw(world.url, request, world.agent)
  return JSON.parse(await expectOk(answer, 'Registering a channel')) as Registered
}

const claim = ({ deps }: RunningWorld, { id, account }: TestChannel) =>
  deps.db
    .updateTable('channel')
    .set({ owner_account_id: account.id as AccountId })
    .where('id', '=', id as ChannelId)
    .execute()

/** The discard port, where nothing listens. */
const NOBODY = 'http://127.0.0.1:9/hooks'

function addressOf(given: string | null | undefined, hook: HookReceiver | undefined): string | undefined {
  return given === null ? undefined : (given ?? hook?.url ?? NOBODY)
}

class Channel implements TestChannel {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly secret: string
  readonly bot: TestChannel['bot']
  readonly account: TestAccount
  readonly accounts: TestAccount[]
  readonly hook: HookReceiver | undefined
  readonly #world: RunningWorld
  readonly #options: ChannelOptions

  constructor(world: RunningWorld, registered: Registered, accounts: TestAccount[], options: ChannelOptions) {
    const { id, code, secret, bot } = registered
    this.id = id
    this.code = code
    this.name = options.name ?? 'Harbor Chat'
    this.secret = secret
    this.bot = { id: bot.id, clientId: bot.client_id, name: bot.name }
    this.accounts = accounts
    this.account = accounts[0]!
    this.hook = options.hook
    this.#world = world
    this.#options = options
  }

  get scopeId(): string {
    return this.scopeOf(this.account)
  }

  scopeOf(account: TestAccount): string {
    return `${this.id}_${account.amojoId}`
  }

  connect: TestChannel['connect'] = ({ account = this.account, title, hookVersion, fields } = {}) => {
    const body = {
      account_id: account.amojoId,
      hook_api_version: hookVersion ?? this.#options.hookVersion ?? 'v2',
      title: title ?? this.#options.title ?? this.name,
      ...fields,
    }
    return this.post(body, { path: `/v2/origin/custom/${this.id}/connect` })
  }

  disconnect: TestChannel['disconnect'] = ({ account = this.account } = {}) =>
    this.post({ account_id: account.amojoId }, { path: `/v2/origin/custom/${this.id}/disconnect`, method: 'DELETE' })

  post: TestChannel['post'] = (payload, options = {}) => {
    const text = typeof payload === 'string' ? payload : JSON.stringify(payload)
    return this.#request('POST', Buffer.from(text), options)
  }

  get: TestChannel['get'] = (path, options = {}) => this.#request('GET', Buffer.alloc(0), { ...options, path })

  send: TestChannel['send'] = async (payload, options) => {
    const text = await expectOk(await this.post(payload, options), 'Sending a message')
    return (JSON.parse(text) as { new_message: StoredIds }).new_message
  }

  #request(defaultMethod: string, body: Buffer, options: PostOptions): Promise<Response> {
    const { path = '', method = defaultMethod, scheme = 'headers', alter = [], at = this.#world.now() } = options
    const scope = `/v2/origin/custom/${this.scopeOf(options.account ?? this.account)}`
    const unsigned = { method, path: path.startsWith('/v2') ? path : `${scope}${path}`, body }
    const signed = scheme === 'body' ? signBody(unsigned, this.secret) : signHeaders(unsigned, this.secret, at)
    const altered = [alter].flat().reduce((request, change) => change(request, this.secret), signed)
    return sendRaw(this.#world.url, altered, this.#world.agent)
  }
}

async function expectOk(answer: Response, what: string): Promise<string> {
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${what} answered ${answer.status}: ${text}`)
  return text
}
