import type { ContactPoint, ContactRow, CustomField, FieldValue } from '@parley/protocol/model'
import { AppError } from '../../lib/app-error.ts'
import { CSV_MARK, type CsvCell, csvLines } from '../../lib/to-csv.ts'
import { type Actor, appendAudit } from '../audit/append-audit.ts'
import type { Deps } from '../deps.ts'
import { listFields } from '../fields/field-queries.ts'
import type { Viewer } from '../users/viewer.ts'
import { type ContactWish, listContacts } from './list-contacts.ts'

/** Contacts in memory at once. */
const PAGE = 500

type CsvDeps = Pick<Deps, 'db' | 'hotPool' | 'clock'>

/**
 * The list as a spreadsheet takes it, in pieces: however long it is, a page of it is in memory. Writes down that it was taken out.
 * Of the list those are in it that the role lets one export.
 * @throws {AppError} `forbidden`
 */
export async function exportContacts(
  deps: CsvDeps,
  { viewer, actor }: { viewer: Viewer; actor: Actor },
  wish: Pick<ContactWish, 'filter' | 'narrow'>,
): Promise<AsyncGenerator<string>> {
  if (viewer.rights.contacts.export === 'none')
    throw new AppError('forbidden', 'Your role does not let you export contacts. An admin can change that.')
  const { account } = viewer
  await deps.db.transaction().execute((tx) =>
    appendAudit(tx, actor, {
      at: deps.clock.now(),
      action: 'data.exported',
      target: { kind: 'account', id: account.id, name: account.name },
      details: { what: 'contacts', filter: wish.filter },
    }),
  )
  const fields = (await listFields(deps.db, account.id, 'contact')).filter((field) => !field.isHidden)
  return pieces(deps, viewer, wish, fields)
}

async function* pieces(
  deps: CsvDeps,
  viewer: Viewer,
  wish: Pick<ContactWish, 'filter' | 'narrow'>,
  fields: readonly CustomField[],
): AsyncGenerator<string> {
  yield CSV_MARK + csvLines([[...HEAD, ...fields.map(({ name }) => name)]])
  let after: string | undefined
  do {
    const { items, next } = await listContacts(deps, viewer, { ...wish, act: 'export' }, { after, limit: PAGE })
    yield csvLines(items.map((contact) => rowOf(contact, fields)))
    after = next ?? undefined
  } while (after !== undefined)
}

const HEAD = ['id', 'name', 'company', 'phones', 'emails', 'responsible', 'tags', 'created', 'last_activity']

const rowOf = (contact: ContactRow, fields: readonly CustomField[]): CsvCell[] => [
  contact.id,
  contact.name,
  contact.company,
  valuesOf(contact.points, 'phone'),
  valuesOf(contact.points, 'email'),
  contact.responsible?.name ?? null,
  contact.tags.map(({ name }) => name).join('; '),
  timeOf(contact.createdAt),
  timeOf(contact.activityAt),
  ...fields.map((field) => cellOf(field, contact.fields[field.id])),
]

const valuesOf = (points: readonly ContactPoint[], kind: ContactPoint['kind']) =>
  points.flatMap((point) => (point.kind === kind ? point.value : [])).join('; ')

const timeOf = (at: number | null) => (at === null ? null : new Date(at).toISOString())

function cellOf({ type, options }: CustomField, value: FieldValue | undefined): CsvCell {
  if (value === undefined) return null
  const optionOf = (id: unknown) => options.find((option) => option.id === id)?.name ?? ''
  if (Array.isArray(value)) return value.map(optionOf).join('; ')
  if (type === 'select') return optionOf(value)
  if (typeof value === 'boolean') return value ? 1 : 0
  return type === 'datetime' && typeof value === 'number' ? timeOf(value) : value
}

/** What the file is called. */
export const contactsFileName = (subdomain: string, now: Date): string =>
  `contacts ${subdomain} ${now.toISOString().slice(0, 10)}.csv`
