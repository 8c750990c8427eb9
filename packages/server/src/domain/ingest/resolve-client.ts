import type { ContactId, ParticipantId } from '@parley/protocol/model'
import type { Tx } from '../../db/open-database.ts'
import { AppError } from '../../lib/app-error.ts'
import { isUuid } from '../../lib/page-key.ts'
import type { Scope } from '../channels/channel-registry.ts'

/** A client as an integration names and describes them. */
export interface ClientWish {
  /** The integration's id. */
  clientId: string | undefined
  /** Ours. */
  refId: string | undefined
  name: string | undefined
  avatarUrl: string | undefined
  phone: string | undefined
  email: string | undefined
  profileLink: string | undefined
}

/** A client as we know them. */
export interface Client {
  id: ParticipantId
  clientId: string | null
  name: string
  avatarUrl: string | null
  phone: string | null
  email: string | null
  profileLink: string | null
  contactId: ContactId | null
  isNew?: boolean
}

const COLUMNS = [
  'id',
  'client_id as clientId',
  'name',
  'avatar_url as avatarUrl',
  'phone',
  'email',
  'profile_link as profileLink',
  'contact_id as contactId',
] as const

/**
 * Whom the ids name; undefined when nobody yet, and there is an id to know them by.
 * @throws {AppError} `ORIGIN_INVALID_PAYLOAD` as `path: reason`
 */
export async function findClient(tx: Tx, scope: Scope, wish: ClientWish): Promise<Client | undefined> {
  const { clientId, refId } = wish
  const byRef = refId !== undefined && isUuid(refId) ? await findBy(tx, scope, ['id', refId.toLowerCase()]) : undefined
  const byId = clientId === undefined ? undefined : await findBy(tx, scope, ['client_id', clientId])
  if (byRef && clientId !== undefined && (byRef.clientId ?? clientId) !== clientId)
    throw invalid('user.id: the person that user.ref_id names has another id')
  if (byRef && byId && byRef.id !== byId.id) throw invalid('user.ref_id: names somebody else than user.id does')
  if (byRef || byId || clientId !== undefined) return byRef ?? byId
  throw invalid(
    refId === undefined
      ? 'user.id: is missing'
      : 'user.ref_id: names no client of this channel; give user.id and user.name',
  )
}

/** @throws {AppError} `ORIGIN_INVALID_PAYLOAD`: somebody new needs a name */
export async function insertClient(
  tx: Tx,
  { scope, wish, id }: { scope: Scope; wish: ClientWish; id: ParticipantId },
): Promise<Client> {
  const { clientId } = wish
  if (clientId === undefined) throw invalid('user.id: is missing')
  if (wish.name === undefined) throw invalid('user.name: is missing')
  const inserted = await tx
    .insertInto('participant')
    .values({
      account_id: scope.accountId,
      id,
      channel_id: scope.channelId,
      client_id: clientId,
      name: wish.name,
      avatar_url: wish.avatarUrl ?? null,
      phone: wish.phone ?? null,
      email: wish.email ?? null,
      profile_link: wish.profileLink ?? null,
    })
    .onConflict((conflict) => conflict.columns(['account_id', 'channel_id', 'client_id']).doNothing())
    .returning(COLUMNS)
    .executeTakeFirst()
  if (inserted) return { ...inserted, isNew: true }
  const theirs = await findBy(tx, scope, ['client_id', clientId])
  if (!theirs) throw new Error('A client that exists cannot be read.')
  return theirs
}

function findBy(tx: Tx, scope: Scope, [column, value]: ['id' | 'client_id', string]): Promise<Client | undefined> {
  return tx
    .selectFrom('participant')
    .select(COLUMNS)
    .where('account_id', '=', scope.accountId)
    .where('channel_id', '=', scope.channelId)
    .where(column, '=', value as ParticipantId)
    .executeTakeFirst()
}

const invalid = (description: string) => new AppError('ORIGIN_INVALID_PAYLOAD', description)
