import { randomBytes, randomUUID } from 'node:crypto'
import type {
  AccountId,
  AmojoId,
  ChannelId,
  ChatId,
  DeliveryId,
  MessageId,
  ParticipantId,
} from '@parley/protocol/model'
import { openTestDatabase, TestClock } from '@parley/testkit'
import pg from 'pg'
import { pino } from 'pino'
import { uuidv7 } from 'uuidv7'
import { createAccount } from '../../src/domain/accounts/create-account.ts'
import type { DeliveryDeps } from '../../src/domain/deliveries/delivery-deps.ts'
import { showDelivery } from '../../src/domain/deliveries/delivery-queries.ts'
import type { EndpointNotice } from '../../src/domain/deliveries/endpoint-notice.ts'
import { enqueueMessageDelivery } from '../../src/domain/deliveries/enqueue-delivery.ts'
import type { Reply } from '../../src/domain/replies/reply.ts'
import { type DeliveryJob, type DeliveryJobLimits, startDeliveryJob } from '../../src/jobs/deliver-hooks.ts'
import type { Clock } from '../../src/lib/clock.ts'
import { createGuardedFetch, type GuardedFetch } from '../../src/lib/guarded-fetch.ts'
import { createSecretBox } from '../../src/lib/secret-box.ts'
import { buildMessageHook } from '../../src/wire/hook-bodies.ts'

export const SECRET = 'a3f1c2d4e5b60718293a4b5c6d7e8f9001122334'
const CHEAP = { memoryKiB: 64, passes: 1, lanes: 1 }

export interface TestLane {
  accountId: AccountId
  amojoId: AmojoId
  channelId: ChannelId
  chatId: ChatId
}

export interface SentMessage extends TestLane {
  messageId: MessageId
  deliveryId: DeliveryId
}

export type DeliveryWorld = Awaited<ReturnType<typeof openDeliveryWorld>>

/** Deliveries on a database of their own, without the rest of the server: chats, messages, and as many workers as asked. */
export async function openDeliveryWorld(options: { clock?: Clock; allowPrivateNetwork?: boolean } = {}) {
  const database = await openTestDatabase()
  const clock = options.clock ?? new TestClock()
  const { db } = database
  const box = createSecretBox(randomBytes(32))
  const log = pino({ level: 'silent' })
  const running = new Set<DeliveryJob>()
  /** What the present test has opened: a database takes only so many connections. */
  const closers: (() => Promise<unknown>)[] = []

  function newPool(): pg.Pool {
    const pool = openPool(database.url)
    closers.push(() => pool.end())
    return pool
  }

  const nudgeDeliveries = () => {
    for (const job of running) job.nudge()
  }
  const nudged: AccountId[] = []
  const notices: EndpointNotice[] = []
  const worldPool = openPool(database.url)
  const deps = {
    db,
    pool: worldPool,
    clock,
    log,
    newId: uuidv7,
    random: () => 0.5,
    secretBox: box,
    nudge: (accountId: AccountId) => void nudged.push(accountId),
    nudgeDeliveries,
    notify: (notice: EndpointNotice) => void notices.push(notice),
  } satisfies DeliveryDeps & Record<string, unknown>

  /** A worker as a node of its own: its own connections, its own sockets. */
  function startWorker(
    overrides: { send?: GuardedFetch['fetch']; pool?: pg.Pool; delaysMs?: readonly number[]; clock?: Clock } = {},
    limits: Partial<DeliveryJobLimits> = {},
  ): DeliveryJob {
    const http = createGuardedFetch({
      clock: overrides.clock ?? clock,
      allowPrivateNetwork: options.allowPrivateNetwork ?? true,
    })
    closers.push(() => http.close())
    const job = startDeliveryJob({ ...deps, pool: newPool(), send: http.fetch, ...overrides }, limits)
    running.add(job)
    return job
  }

  return {
    ...deps,
    nudged,
    notices,
    newPool,
    startWorker,
    anAccount: () => newAccount(db),
    aChannel: (given: Parameters<typeof newChannel>[2]) => newChannel(db, box, given),
    aChat: (account: TestAccountRow, channelId: ChannelId) => newChat(db, account, channelId),
    send: (lane: TestLane, text = 'Hello') => sendText(deps, lane, text),
    /** A hook of a reaction; answers its id. */
    react: (lane: TestLane) => enqueueReaction(deps, lane),
    messageOf: ({ accountId, messageId }: SentMessage) => findMessage(db, accountId, messageId),
    deliveryOf: ({ deliveryId: id, accountId }: SentMessage) => showDelivery(db, { id, accountId }),
    laneOf: ({ accountId, chatId }: TestLane) => findLane(db, accountId, chatId),
    async stopWorkers() {
      await Promise.all([...running].map((job) => job.stop()))
      running.clear()
      await Promise.all(closers.splice(0).map((close) => close()))
    },
    async close() {
      await this.stopWorkers()
      await worldPool.end()
      await database.close()
    },
  }
}

function openPool(connectionString: string): pg.Pool {
  const pool = new pg.Pool({ connectionString, max: 3, pipeline: true, options: '-c jit=off -c timezone=UTC' })
  pool.on('error', () => undefined)
  return pool
}

type Db = Awaited<ReturnType<typeof openTestDatabase>>['db']
type TestAccountRow = { accountId: AccountId; amojoId: AmojoId }

async function newAccount(db: Db): Promise<TestAccountRow> {
  const account = await createAccount(
    { db, clock: new TestClock(), passwordCost: CHEAP },
    {
      name: 'Harbor Shop',
      subdomain: `shop-${randomUUID().slice(0, 12)}`,
      ownerEmail: 'ana@example.net',
      ownerPassword: 'correct horse',
    },
  )
  return { accountId: account.id, amojoId: account.amojoId }
}

interface ChannelGiven {
  accountId: AccountId
  url: string | null
  urlV1?: string | null
  title?: string
  hookRetry?: 'on' | 'off'
}

async function newChannel(db: Db, box: ReturnType<typeof createSecretBox>, given: ChannelGiven): Promise<ChannelId> {
  const id = randomUUID() as string as ChannelId
  const row = {
    id,
    code: `amo.ext.${id}`,
    name: 'Harbor',
    secret_sealed: box.seal(SECRET),
    webhook_url_v1: given.urlV1 ?? null,
    webhook_url_v2: given.url,
    hook_retry: given.hookRetry ?? 'on',
    bot_id: randomUUID(),
    bot_client_id: 'bot',
    bot_name: 'Bot',
  } as const
  await db.insertInto('channel').values(row).execute()
  await db
    .insertInto('connection')
    .values({
      account_id: given.accountId,
      channel_id: id,
      title: given.title ?? 'Harbor Chat',
      hook_api_version: 'v2',
    })
    .execute()
  return id
}

async function newChat(db: Db, { accountId, amojoId }: TestAccountRow, channelId: ChannelId): Promise<TestLane> {
  const chatId = uuidv7() as ChatId
  await db.insertInto('chat_state').values({ account_id: accountId, chat_id: chatId }).execute()
  return { accountId, amojoId, channelId, chatId }
}

interface SendDeps {
  db: Db
  clock: Clock
  nudgeDeliveries: () => void
}

/** What the app API does when a manager sends: message and delivery in one transaction, then the nudge. */
async function sendText({ db, clock, nudgeDeliveries }: SendDeps, lane: TestLane, text: string): Promise<SentMessage> {
  const messageId = randomUUID() as string as MessageId
  const deliveryId = uuidv7() as DeliveryId
  const now = clock.now()
  const { accountId, chatId, channelId, amojoId } = lane
  const reply: Reply = {
    account: { id: accountId, amojoId },
    madeAt: now,
    sender: { id: randomUUID(), name: 'Max Berg' },
    receiver: {
      id: randomUUID() as string as ParticipantId,
      clientId: 'hc-user-55',
      name: 'Nora Lind',
      phone: null,
      email: null,
    },
    chat: { id: chatId, clientId: 'hc-conv-1001', sourceExternalId: null },
    message: { id: messageId, kind: 'text', text, content: {}, sentAt: now },
  }
  const hook = buildMessageHook('v2', reply, 'https://chat.example.test')
  await db.transaction().execute(async (tx) => {
    await tx
      .insertInto('message')
      .values({
        account_id: accountId,
        id: messageId,
        chat_id: chatId,
        direction: 'out',
        author_kind: 'user',
        author_id: randomUUID(),
        kind: 'text',
        body: text,
        sent_at: now,
        received_at: now,
        status: 'queued',
      })
      .execute()
    await enqueueMessageDelivery(tx, { id: deliveryId, accountId, chatId, channelId, messageId, ...hook, now })
  })
  nudgeDeliveries()
  return { ...lane, messageId, deliveryId }
}

async function enqueueReaction({ db, clock, nudgeDeliveries }: SendDeps, lane: TestLane): Promise<DeliveryId> {
  const id = uuidv7() as DeliveryId
  const { accountId, chatId, channelId } = lane
  const body = JSON.stringify({ action: 'react', emoji: '👍' })
  const hook = { id, messageId: null, hookVersion: 'v2', body, now: clock.now() } as const
  await db.transaction().execute((tx) => enqueueMessageDelivery(tx, { accountId, chatId, channelId, ...hook }))
  nudgeDeliveries()
  return id
}

const findMessage = (db: Db, accountId: AccountId, id: MessageId) =>
  db
    .selectFrom('message')
    .select(['status', 'failure', 'next_try_at as nextTryAt'])
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow()

const findLane = (db: Db, accountId: AccountId, chatId: ChatId) =>
  db
    .selectFrom('delivery_lane')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('chat_id', '=', chatId)
    .executeTakeFirstOrThrow()
