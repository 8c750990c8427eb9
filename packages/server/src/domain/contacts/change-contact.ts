import type {
  AccountId,
  ChangeContactRequest,
  ChangeContactsRequest,
  ContactId,
  ContactRow,
  NewContactRequest,
  UserId,
} from '@parley/protocol/model'
import type { Tx } from '../../db/open-database.ts'
import { appendEvents } from '../../events/append-events.ts'
import { AppError } from '../../lib/app-error.ts'
import type { Deps } from '../deps.ts'
import { writeFieldValues } from '../fields/write-field-values.ts'
import { checkResponsible } from '../users/check-responsible.ts'
import type { Viewer } from '../users/viewer.ts'
import { contactEvents } from './contact-events.ts'
import { getContact } from './contact-queries.ts'
import { type Point, readPoints } from './points.ts'
import {
  changeContactTags,
  type LockedContact,
  lockContact,
  lockContacts,
  readContactPoints,
  touchActivity,
  writeContactPoints,
} from './write-contact.ts'

type ContactDeps = Pick<Deps, 'db' | 'hotPool' | 'clock' | 'nudge'>

/** @throws {AppError} `invalid_request` names the field and says why */
export async function createContact(deps: ContactDeps, viewer: Viewer, given: NewContactRequest): Promise<ContactRow> {
  const accountId = viewer.account.id
  const id = await deps.db.transaction().execute(async (tx) => {
    const made = await insertContact(tx, viewer, given, deps.clock.now())
    await appendEvents(tx, accountId, [{ type: 'contact.updated', contactId: made, actorId: viewer.user.id }])
    return made
  })
  deps.nudge(accountId)
  return getContact(deps.hotPool, accountId, id)
}

/** Within a transaction that also appends the event. */
export async function insertContact(
  tx: Tx,
  { account, user }: Viewer,
  given: NewContactRequest,
  now: Date,
): Promise<ContactId> {
  const points = readPoints(given.points)
  const { name, company, responsibleUserId = user.id } = given
  await checkResponsible(tx, account.id, responsibleUserId)
  const { id } = await tx
    .insertInto('contact')
    .values({
      account_id: account.id,
      name,
      company,
      responsible_user_id: responsibleUserId as UserId | null,
      created_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await writeContactPoints(tx, account.id, id, points)
  await changeContactTags(tx, account.id, [id], { addTagIds: given.tagIds })
  await writeFieldValues(tx, { accountId: account.id, entity: 'contact', id }, given.fields)
  await touchActivity(tx, account.id, id, now)
  return id
}

/**
 * Changes what is given.
 * @throws {AppError} `not_found`; `invalid_request` names the field and says why; `conflict`: it is not what the caller saw
 */
export async function changeContact(
  deps: ContactDeps,
  viewer: Viewer,
  id: ContactId,
  given: ChangeContactRequest,
): Promise<ContactRow> {
  const accountId = viewer.account.id
  const points = given.points && readPoints(given.points)
  await deps.db.transaction().execute(async (tx) => {
    await checkResponsible(tx, accountId, given.responsibleUserId)
    const contact = await lockContact(tx, accountId, id)
    const before = await readContactPoints(tx, accountId, contact)
    await checkFresh(tx, accountId, { contact, points: before, given })
    const tagged = await changeContactTags(tx, accountId, [id], given)
    const fields = await writeFieldValues(
      tx,
      { accountId, entity: 'contact', id },
      given.fields ?? {},
      given.was?.fields,
    )
    if (points) await writeContactPoints(tx, accountId, id, points)
    const changes = changesOf(contact, given)
    const isChanged =
      Object.keys(changes).length > 0 ||
      tagged.size > 0 ||
      fields.length > 0 ||
      (points !== undefined && textOf(points) !== textOf(before))
    if (!isChanged) return
    await writeChange(tx, { accountId, userId: viewer.user.id, now: deps.clock.now() }, [id], changes)
    await appendEvents(tx, accountId, await contactEvents(tx, accountId, [id], viewer.user.id))
  })
  deps.nudge(accountId)
  return getContact(deps.hotPool, accountId, id)
}

/** The same for several, those that are gone passed over. Answers those that there are. */
export async function changeContacts(
  deps: ContactDeps,
  viewer: Viewer,
  ids: readonly ContactId[],
  { responsibleUserId, ...tags }: ChangeContactsRequest['change'],
): Promise<ContactId[]> {
  const accountId = viewer.account.id
  const found = await deps.db.transaction().execute(async (tx) => {
    await checkResponsible(tx, accountId, responsibleUserId)
    const contacts = (await lockContacts(tx, accountId, ids)).filter((contact) => contact.deleted_at === null)
    const there = contacts.map((contact) => contact.id)
    const changed = await changeContactTags(tx, accountId, there, tags)
    if (responsibleUserId !== undefined) {
      const moved = contacts.filter((contact) => contact.responsible_user_id !== responsibleUserId)
      for (const contact of moved) changed.add(contact.id)
    }
    const author = { accountId, userId: viewer.user.id, now: deps.clock.now() }
    const changes = responsibleUserId === undefined ? {} : { responsible_user_id: responsibleUserId as UserId | null }
    await writeChange(tx, author, [...changed], changes)
    await appendEvents(tx, accountId, await contactEvents(tx, accountId, [...changed], viewer.user.id))
    return there
  })
  deps.nudge(accountId)
  return found
}

type Changes = Partial<Pick<LockedContact, 'name' | 'company' | 'responsible_user_id'>>

function changesOf(contact: LockedContact, given: ChangeContactRequest): Changes {
  const wanted: Changes = {
    ...(given.name !== undefined && { name: given.name }),
    ...(given.company !== undefined && { company: given.company }),
    ...(given.responsibleUserId !== undefined && { responsible_user_id: given.responsibleUserId as UserId | null }),
  }
  const changed = Object.entries(wanted).filter(([column, value]) => contact[column as keyof Changes] !== value)
  return Object.fromEntries(changed)
}

async function writeChange(
  tx: Tx,
  { accountId, userId, now }: { accountId: AccountId; userId: UserId; now: Date },
  ids: readonly ContactId[],
  changes: Changes,
): Promise<void> {
  if (ids.length === 0) return
  await tx
    .updateTable('contact')
    .set({ ...changes, updated_at: now, updated_by: userId })
    .where('account_id', '=', accountId)
    .where('id', 'in', ids)
    .execute()
}

const textOf = (points: readonly Pick<Point, 'kind' | 'value' | 'label'>[]) =>
  JSON.stringify(points.map(({ kind, value, label }) => [kind, value, label]))

interface Seen {
  contact: LockedContact
  points: readonly Point[]
  given: ChangeContactRequest
}

/** @throws {AppError} `conflict`: a field is not what the caller saw, nor what he wants; `details` tells what, and whose it is */
async function checkFresh(tx: Tx, accountId: AccountId, { contact, points, given }: Seen): Promise<void> {
  const { was = {} } = given
  const now = { name: contact.name, company: contact.company, responsibleUserId: contact.responsible_user_id }
  for (const field of ['name', 'company', 'responsibleUserId'] as const) {
    const isStale = field in was && given[field] !== undefined && now[field] !== was[field]
    if (isStale && now[field] !== given[field])
      throw await staleContact(tx, accountId, { contact, field, theirs: now[field] })
  }
  if (was.points && given.points && textOf(was.points) !== textOf(points)) {
    const theirs = points.map(({ kind, value, label }) => ({ kind, value, label }))
    throw await staleContact(tx, accountId, { contact, field: 'points', theirs })
  }
}

async function staleContact(
  tx: Tx,
  accountId: AccountId,
  { contact, field, theirs }: { contact: LockedContact; field: string; theirs: unknown },
): Promise<AppError> {
  const user =
    contact.updated_by === null
      ? undefined
      : await tx
          .selectFrom('account_user')
          .select(['id', 'name'])
          .where('account_id', '=', accountId)
          .where('id', '=', contact.updated_by)
          .executeTakeFirst()
  const details = { field, theirs, by: user ?? null, at: contact.updated_at?.getTime() ?? null }
  return new AppError('conflict', `${field}: ${user?.name ?? 'Somebody'} has changed it meanwhile.`, { details })
}
