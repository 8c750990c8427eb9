import type { ChatId, ParticipantId } from '@parley/protocol/model'
import { sql } from 'kysely'
import type { Tx } from '../../db/open-database.ts'
import { runnerOf } from '../../db/statement.ts'
import { appendEvents } from '../../events/append-events.ts'
import type { Scope } from '../channels/channel-registry.ts'
import type { Deps } from '../deps.ts'
import { enqueueFetches } from '../media/enqueue-fetches.ts'
import { type Client, type ClientWish, findClient, insertClient } from './resolve-client.ts'

/** A chat as an integration asks for it, in our words. */
export interface ChatWish {
  /** The integration's id. */
  clientId: string
  sourceExternalId: string | undefined
  user: ClientWish
}

export interface CreatedChat {
  id: ChatId
  user: Client
}

interface KnownChat {
  id: ChatId
  source: string | null
  isVisible: boolean
  user: Client
}

type CreateDeps = Pick<Deps, 'db' | 'clock' | 'newId' | 'nudge' | 'nudgeMedia'>

/**
 * The chat that the integration calls so, made when there is none. Nobody is told of it and nobody sees it until there is a
 * message. Repeating it answers the same chat with the client it is with; of that client, and of the chat's source, only what
 * was unknown is filled in. Two at once make one chat.
 * @throws {AppError} `ORIGIN_INVALID_PAYLOAD` as `path: reason`
 */
export async function createChat(deps: CreateDeps, scope: Scope, wish: ChatWish): Promise<CreatedChat> {
  const made = await retryPassing(() => deps.db.transaction().execute((tx) => createIn(tx, { deps, scope, wish })))
  if (made.hasFetch) deps.nudgeMedia()
  if (made.hasEvent) deps.nudge(scope.accountId)
  return { id: made.id, user: made.user }
}

async function createIn(tx: Tx, given: Omit<Call, 'asked'>): Promise<Made> {
  const { scope, wish } = given
  const call = { ...given, asked: await findClient(tx, scope, wish.user) }
  const known = (await findChat(tx, scope, wish.clientId)) ?? (await insertChat(tx, call))
  if (!known) throw new Error('A chat that exists cannot be read.')
  return 'isVisible' in known ? complete(tx, call, known) : known
}

const MOST_TRIES = 3
/** A deadlock, or an id that somebody else took in this very moment: the next try finds it. */
const PASSING = ['40P01', '40001', '23505']

async function retryPassing<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work()
    } catch (error) {
      if (tries >= MOST_TRIES || !PASSING.includes((error as { code?: string }).code ?? '')) throw error
    }
  }
}

interface Call {
  deps: CreateDeps
  scope: Scope
  wish: ChatWish
  /** Whom the wish names, when that is somebody known. */
  asked: Client | undefined
}

type Made = CreatedChat & { hasFetch: boolean; hasEvent: boolean }

async function findChat(tx: Tx, scope: Scope, clientId: string): Promise<KnownChat | undefined> {
  const row = await tx
    .selectFrom('chat as c')
    .innerJoin('chat_state as s', (join) =>
      join.onRef('s.account_id', '=', 'c.account_id').onRef('s.chat_id', '=', 'c.id'),
    )
    .innerJoin('participant as p', (join) =>
      join.onRef('p.account_id', '=', 'c.account_id').onRef('p.id', '=', 'c.participant_id'),
    )
    .where('c.account_id', '=', scope.accountId)
    .where('c.channel_id', '=', scope.channelId)
    .where('c.client_id', '=', clientId)
    .select(['c.id as chat_id', 'c.source_external_id', 's.activity_minute'])
    .select(['p.id', 'p.client_id as clientId', 'p.name', 'p.avatar_url as avatarUrl', 'p.phone', 'p.email'])
    .select(['p.profile_link as profileLink', 'p.contact_id as contactId'])
    .executeTakeFirst()
  if (!row) return undefined
  const { chat_id: id, source_external_id: source, activity_minute, ...user } = row
  return { id, source, isVisible: activity_minute !== null, user }
}

/** Answers the chat as somebody else has just made it when that was faster. */
async function insertChat(tx: Tx, call: Call): Promise<Made | KnownChat | undefined> {
  const { deps, scope, wish, asked } = call
  const user = asked ?? (await insertClient(tx, { scope, wish: wish.user, id: deps.newId() as ParticipantId }))
  const inserted = await tx
    .insertInto('chat')
    .values({
      account_id: scope.accountId,
      id: deps.newId() as ChatId,
      channel_id: scope.channelId,
      client_id: wish.clientId,
      participant_id: user.id,
      source_external_id: wish.sourceExternalId ?? null,
      created_at: deps.clock.now(),
    })
    .onConflict((conflict) => conflict.columns(['account_id', 'channel_id', 'client_id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!inserted) return findChat(tx, scope, wish.clientId)
  await tx.insertInto('chat_state').values({ account_id: scope.accountId, chat_id: inserted.id }).execute()
  const { client, hasFetch } = await completeClient(tx, call, user)
  return { id: inserted.id, user: client, hasFetch, hasEvent: false }
}

async function complete(tx: Tx, call: Call, chat: KnownChat): Promise<Made> {
  const { scope, wish, asked } = call
  const isTheirs = asked?.id === chat.user.id
  const { client, isChanged, hasFetch } = isTheirs
    ? await completeClient(tx, call, chat.user)
    : { client: chat.user, isChanged: false, hasFetch: false }
  const hasNewSource = chat.source === null && wish.sourceExternalId !== undefined
  if (hasNewSource) await setSource(tx, scope, chat.id, wish.sourceExternalId)
  const hasEvent = chat.isVisible && (isChanged || hasNewSource)
  if (hasEvent) await appendEvents(tx, scope.accountId, [{ type: 'chat.updated', chatId: chat.id }])
  return { id: chat.id, user: client, hasFetch, hasEvent }
}

async function setSource(tx: Tx, scope: Scope, id: ChatId, source: string | undefined): Promise<void> {
  await tx
    .updateTable('chat')
    .set({ source_external_id: source ?? null })
    .where('account_id', '=', scope.accountId)
    .where('id', '=', id)
    .where('source_external_id', 'is', null)
    .execute()
}

/** Fills in what was not known of the client, and of the contact. */
async function completeClient(tx: Tx, { deps, scope, wish }: Call, before: Client) {
  const { avatarUrl = null, phone = null, email = null, profileLink = null, clientId = null } = wish.user
  const { rows } = await sql<Omit<Client, 'id' | 'name' | 'contactId'>>`
    update participant p set avatar_url = coalesce(p.avatar_url, ${avatarUrl}::text), phone = coalesce(p.phone, ${phone}::text),
      email = coalesce(p.email, ${email}::text), profile_link = coalesce(p.profile_link, ${profileLink}::text),
      client_id = coalesce(p.client_id, ${clientId}::text)
    where p.account_id = ${scope.accountId} and p.id = ${before.id}::uuid
      and (p.avatar_url is null and ${avatarUrl}::text is not null or p.phone is null and ${phone}::text is not null
        or p.email is null and ${email}::text is not null or p.profile_link is null and ${profileLink}::text is not null
        or p.client_id is null and ${clientId}::text is not null)
    returning p.client_id as "clientId", p.avatar_url as "avatarUrl", p.phone, p.email, p.profile_link as "profileLink"`.execute(
    tx,
  )
  const client: Client = { ...before, ...rows[0] }
  if (client.contactId !== null && rows.length > 0) {
    await sql`
      update contact set phone = coalesce(phone, ${client.phone}), email = coalesce(email, ${client.email})
      where account_id = ${scope.accountId} and id = ${client.contactId}`.execute(tx)
  }
  const isNew = before.isNew ?? false
  const hasFetch = client.avatarUrl !== null && (isNew || before.avatarUrl === null)
  if (hasFetch) await fetchAvatar(tx, { deps, scope }, client)
  return { client, isChanged: rows.length > 0, hasFetch }
}

async function fetchAvatar(tx: Tx, { deps, scope }: Pick<Call, 'deps' | 'scope'>, client: Client): Promise<void> {
  await enqueueFetches(runnerOf(tx), [
    {
      accountId: scope.accountId,
      ownerKind: 'participant',
      ownerId: client.id,
      slot: 'avatar',
      url: client.avatarUrl ?? '',
      maxBytes: scope.channel.maxFileBytes,
      dueAtMs: deps.clock.now().getTime(),
    },
  ])
}
