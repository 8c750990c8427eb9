import { type ContactRow, type CustomField, MANAGER_RIGHTS, type Page, type Tag } from '@parley/protocol/model'
import { type AppClient, giveRole, startTestWorld, type TestWorld, waitUntil } from '@parley/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let world: TestWorld

beforeAll(async () => {
  world = await startTestWorld({ clock: 'system' })
})
afterAll(() => world.stop())

async function aTeam() {
  const account = await world.anAccount()
  const admin = await account.asAdmin()
  const tom = await account.aUser({ name: 'Tom' })
  const tag = await admin.post<Tag>('/tags', { name: 'VIP' })
  const make = (name: string, more = {}) => admin.post<ContactRow>('/contacts', { name, ...more })
  await make('Ана Рейс', { company: 'North Pier', points: [{ kind: 'phone', value: '+351 912 345 678' }] })
  await make('Bea Stone', { tagIds: [tag.id], responsibleUserId: tom.id })
  await make('Clara Reis', { points: [{ kind: 'email', value: 'c@example.net' }], responsibleUserId: null })
  return { account, admin, tom, tag, make }
}

const names = async (client: AppClient, query: string) =>
  (await client.get<Page<ContactRow>>(`/contacts?sort=name&${query}`)).items.map(({ name }) => name)

describe('the list of contacts', () => {
  test('is narrowed by each of its filters, and by all of them', async () => {
    const { admin, tom, tag } = await aTeam()
    expect(await names(admin, `tag=${tag.id}`)).toEqual(['Bea Stone'])
    expect(await names(admin, `responsible=${tom.id}`)).toEqual(['Bea Stone'])
    expect(await names(admin, 'responsible=none')).toEqual(['Clara Reis'])
    expect(await names(admin, 'phone=yes')).toEqual(['Ана Рейс'])
    expect(await names(admin, 'email=no')).toEqual(['Bea Stone', 'Ана Рейс'])
    expect(await names(admin, `company=${encodeURIComponent('north pier')}`)).toEqual(['Ана Рейс'])
    expect(await names(admin, `tag=${tag.id}&phone=yes`)).toEqual([])
  })

  test('is searched by beginnings of names in any script, and by digits', async () => {
    const { admin } = await aTeam()
    await waitUntil('the index', async () => (await names(admin, 'q=reis')).length === 2)
    expect(await names(admin, 'q=cla%20re')).toEqual(['Clara Reis'])
    expect(await names(admin, 'q=912%20345')).toEqual(['Ана Рейс'])
    expect(await names(admin, 'q=%25')).toEqual([])
    expect(await names(admin, 'q=eis')).toEqual([])
  })

  test('several are deleted at once and come back; what one may not delete stays', async () => {
    const { account, admin, tom, make } = await aTeam()
    const [one, other] = await Promise.all([make('One', { responsibleUserId: tom.id }), make('Other')])
    await giveRole(world, account, tom, MANAGER_RIGHTS)
    const client = await tom.logIn()
    const ids = [one.id, other.id]
    expect(await client.post('/contacts/delete', { ids })).toEqual({ ids: [one.id] })
    await expect(admin.get(`/contacts/${one.id}`)).rejects.toMatchObject({ status: 404 })
    expect(await client.post('/contacts/restore', { ids: [one.id] })).toEqual({ ids: [one.id] })
    expect((await admin.get<ContactRow>(`/contacts/${one.id}`)).name).toBe('One')
  })
})

describe('the list as a file', () => {
  const fetchCsv = async (client: AppClient, query = '') => client.request('GET', `/contacts.csv?sort=name${query}`)

  test('holds every contact and field, page after page, and no formula', async () => {
    const { account, admin, make } = await aTeam()
    const field = await admin.post<CustomField>('/fields', {
      entity: 'contact',
      type: 'multiselect',
      name: 'Bikes',
      options: [{ name: 'Road' }, { name: 'City' }],
    })
    await make('=HYPERLINK("x")', { fields: { [field.id]: field.options.map(({ id }) => id) } })
    await world.deps.db
      .insertInto('contact')
      .values(Array.from({ length: 510 }, (_, n) => ({ account_id: account.id, name: `Made ${n}` })))
      .execute()
    const answer = await fetchCsv(admin)
    expect(answer.headers.get('content-disposition')).toContain('.csv')
    const lines = (await answer.text()).split('\r\n')
    expect(lines[0]).toBe('id,name,company,phones,emails,responsible,tags,created,last_activity,Bikes')
    expect(lines).toHaveLength(1 + 4 + 510 + 1)
    expect(lines.find((line) => line.includes('HYPERLINK'))).toMatch(/"'=HYPERLINK\(""x""\)".*,Road; City$/)
    const { items } = await admin.get<Page<{ action: string }>>('/audit?limit=1')
    expect(items).toMatchObject([{ action: 'data.exported', details: { what: 'contacts' } }])
  })

  test('is refused to whom the role does not let export, and holds only whose he may', async () => {
    const { account, tom } = await aTeam()
    await giveRole(world, account, tom, MANAGER_RIGHTS)
    expect((await fetchCsv(await tom.logIn())).status).toBe(403)
    const contacts = { ...MANAGER_RIGHTS.contacts, export: 'own' as const }
    await giveRole(world, account, tom, { ...MANAGER_RIGHTS, contacts })
    const text = await (await fetchCsv(await tom.logIn())).text()
    expect(text).toContain('Bea Stone')
    expect(text).not.toContain('Ана Рейс')
  })
})
