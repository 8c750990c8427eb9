import type { AccountId, ContactId, DismissRequest, DuplicateGroup, DuplicateKind, Page } from '@parley/protocol/model'
import { type Runner, run, statementsOf } from '../../db/statement.ts'
import { AppError } from '../../lib/app-error.ts'
import type { Deps } from '../deps.ts'
import type { Viewer } from '../users/viewer.ts'
import { visibleContacts } from './access-contact.ts'
import { findContactsInOrder } from './contact-queries.ts'

interface GroupRow {
  kind: DuplicateKind
  value: string
  contacts: number
}

/** Shown of one group; the rest is counted. */
const MOST_SHOWN = 10
/** Groups looked at for one page: whoever may see few contacts gets shorter pages, not slower ones. */
const LOOKS = 3

const statement = statementsOf('duplicates')

const groupsWhere = (rest: string) => `
  select kind, value, contacts from duplicate_group
  where account_id = $1 and contacts > dismissed ${rest}
  order by kind desc, value limit $2`

const firstGroups = statement('first', groupsWhere(''))
const nextGroups = statement('next', groupsWhere('and kind <= $3 and (kind < $3 or value > $4)'))

const selectMembers = statement(
  'members',
  `select g.n, k.contact_id from unnest($2::text[], $3::text[]) with ordinality as g (kind, value, n)
   cross join lateral (
     select contact_id from contact_key k where k.account_id = $1 and k.kind = g.kind and k.value = g.value
     order by contact_id limit ${MOST_SHOWN}) k
   order by g.n, k.contact_id`,
)

/**
 * Contacts that may be the same person: those that share a phone first, then those with a name, then an e-mail.
 *
 * Shape:  at most `limit` groups of two or more that the viewer may see; a page may be shorter and have a next one.
 * Errors: `invalid_request` when `after` is not a key that was given out.
 */
export async function listDuplicates(
  pool: Runner,
  viewer: Viewer,
  page: { after: string | undefined; limit: number },
): Promise<Page<DuplicateGroup>> {
  const items: DuplicateGroup[] = []
  let key = page.after === undefined ? undefined : readKey(page.after)
  for (let look = 0; look < LOOKS; look += 1) {
    const wanted = page.limit - items.length
    const [select, rest] = key === undefined ? [firstGroups, []] : [nextGroups, [key.kind, key.value]]
    const rows = await run<GroupRow>(pool, select, [viewer.account.id, wanted + 1, ...rest])
    const groups = rows.slice(0, wanted)
    items.push(...(await presentGroups(pool, viewer, groups)))
    const last = groups.at(-1)
    if (rows.length <= wanted || !last) return { items, next: null }
    key = last
    if (items.length === page.limit) break
  }
  return { items, next: key ? writeKey(key) : null }
}

async function presentGroups(pool: Runner, viewer: Viewer, groups: readonly GroupRow[]): Promise<DuplicateGroup[]> {
  if (groups.length === 0) return []
  const accountId = viewer.account.id
  const rows = await run<{ n: number; contact_id: ContactId }>(pool, selectMembers, [
    accountId,
    groups.map((group) => group.kind),
    groups.map((group) => group.value),
  ])
  const ids = [...new Set(rows.map((row) => row.contact_id))]
  const visible = await visibleContacts(pool, viewer, ids)
  const contacts = new Map(
    (await findContactsInOrder(pool, accountId, [...visible])).map((contact) => [contact.id, contact]),
  )
  return groups.flatMap(({ kind, value, contacts: count }, index) => {
    const members = rows.flatMap((row) => (row.n === index + 1 ? (contacts.get(row.contact_id) ?? []) : []))
    return members.length < 2 ? [] : [{ kind, value, contacts: members, count: Math.max(count, members.length) }]
  })
}

/** Somebody says that these are different people: hidden until one more shares the value, or until that is taken back. */
export async function dismissDuplicates(
  { db }: Pick<Deps, 'db'>,
  accountId: AccountId,
  { kind, value, isUndone }: DismissRequest,
): Promise<void> {
  await db
    .updateTable('duplicate_group')
    .set((eb) => ({ dismissed: isUndone ? eb.val(0) : eb.ref('contacts') }))
    .where('account_id', '=', accountId)
    .where('kind', '=', kind)
    .where('value', '=', value)
    .execute()
}

const writeKey = ({ kind, value }: Pick<GroupRow, 'kind' | 'value'>) =>
  Buffer.from(`${kind} ${value}`).toString('base64url')

function readKey(key: string): Pick<GroupRow, 'kind' | 'value'> {
  const text = Buffer.from(key, 'base64url').toString()
  const space = text.indexOf(' ')
  const [kind, value] = [text.slice(0, space), text.slice(space + 1)]
  const isKind = kind === 'phone' || kind === 'email' || kind === 'name'
  if (!isKind || value.includes('\0'))
    throw new AppError('invalid_request', 'The page key is not one that was given out. Ask for the first page again.')
  return { kind, value }
}
