import { askAsStranger, startTestWorld, type TestWorld } from '@parley/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CASES } from '../access/cases.ts'
import { makeThings, type Things } from '../access/things.ts'
import { answerSchema, DOCUMENT, DOCUMENT_TEXT, faultsIn, OPERATIONS } from './open-document.ts'

const PREFIX = '/api/app/v1'

let world: TestWorld
let things: Things
beforeAll(async () => {
  world = await startTestWorld()
  things = await makeThings(world)
})
afterAll(() => world.stop())

const operations = [...OPERATIONS].map(([name, operation]) => ({ name, operation }))

describe('the document', () => {
  test('has every route of the app API once, and no other', () => {
    const routes = world.routeNames
      .filter((name) => name.includes(` ${PREFIX}/`) || name.endsWith(' /realtime'))
      .filter((name) => !name.startsWith('HEAD '))
      .map((name) => name.replace(PREFIX, ''))
    expect([...OPERATIONS.keys()].sort(), 'run npm run api-docs').toEqual(routes.sort())
  })

  test('names every operation once', () => {
    const ids = operations.map(({ operation }) => operation.operationId)
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
    for (const id of ids) expect(id).toMatch(/^[a-z][A-Za-z]+$/)
  })

  test('refers only to what it has', () => {
    const references = [...DOCUMENT_TEXT.matchAll(/"\$ref": "([^"]+)"/g)].map(([, reference]) => reference!)
    expect(references.length).toBeGreaterThan(500)
    for (const reference of new Set(references)) {
      const found = reference
        .replace('#/', '')
        .split('/')
        .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], DOCUMENT)
      expect(found, reference).toBeDefined()
    }
  })

  test.each(operations)('says what $name takes and answers', ({ name, operation }) => {
    const inPath = [...name.matchAll(/:(\w+)/g)].map(([, param]) => param)
    const declared = (operation.parameters ?? []).filter((one) => one.in === 'path')
    expect(declared.map((one) => one.name)).toEqual(inPath)
    expect(declared.every((one) => one.required)).toBe(true)
    const names = (operation.parameters ?? []).map((one) => `${one.in} ${one.name}`)
    expect(new Set(names).size).toBe(names.length)
    expect(operation.summary).toMatch(/^\S.*[.…]$/)
    expect(DOCUMENT.tags.map((tag) => tag.name)).toEqual(expect.arrayContaining(operation.tags))
    const statuses = Object.keys(operation.responses)
    expect(statuses.some((status) => status.startsWith('2'))).toBe(true)
    for (const status of statuses) {
      const schema = answerSchema(operation, Number(status))
      if (schema) expect(() => faultsIn(schema, null)).not.toThrow()
    }
  })

  test.each(Object.entries(CASES))('says who may do %s', (name, { kind }) => {
    const operation = OPERATIONS.get(name)
    const isOpen = kind === 'open' || kind === 'link'
    expect(operation?.security, 'needs no log-in').toEqual(isOpen ? [] : undefined)
    expect(operation?.['x-rights'], 'is for admins').toBe(kind === 'admin' ? 'admin' : undefined)
  })

  const examples = operations.flatMap(({ name, operation }) =>
    Object.values(operation.requestBody?.content ?? {})
      .filter(({ example }) => example !== undefined)
      .map(({ schema, example }) => ({ name, schema: schema!, example })),
  )
  test.each(examples)('has an example of $name that fits', ({ schema, example }) => {
    expect(faultsIn(schema, example)).toEqual([])
  })
})

describe('what is answered is what the document says', () => {
  const gets = operations.filter(({ name, operation }) => name.startsWith('GET ') && answerSchema(operation, 200))
  test.each(gets.filter(({ name }) => CASES[name]?.kind !== 'open'))('by $name', async ({ name, operation }) => {
    const path = name.slice(4).replaceAll(/:(\w+)/g, (_, param: string) => things.ids[param]!)
    const answer = await things.admin.request('GET', path + (CASES[name]?.query?.(things.ids) ?? ''))
    expect(answer.status).toBe(200)
    expect(faultsIn(answerSchema(operation, 200)!, await answer.json(), { strict: true })).toEqual([])
  })

  test.each(operations.filter(({ name }) => CASES[name]?.kind === 'thing'))(
    'by $name to somebody of another account',
    async ({ name, operation }) => {
      const [method, pattern] = name.split(' ') as ['GET', string]
      const path = pattern.replaceAll(/:(\w+)/g, (_, param: string) => things.ids[param]!)
      const body = method === 'GET' ? undefined : (CASES[name]?.body?.(things.ids) ?? {})
      const answer = await things.stranger.request(method, path + (CASES[name]?.query?.(things.ids) ?? ''), body)
      expect(faultsIn(answerSchema(operation, answer.status)!, await answer.json(), { strict: false })).toEqual([])
    },
  )

  test('and what it does not say is found', async () => {
    const schema = answerSchema(OPERATIONS.get('GET /chats')!, 200)!
    const page = await things.admin.listChats()
    const [chat] = page.items
    const check = (items: unknown[]) => faultsIn(schema, { ...page, items }, { strict: true })
    expect(check([chat])).toEqual([])
    expect(check([{ ...chat, secret: 1 }])).not.toEqual([])
    expect(check([{ ...chat, lead: { ...chat!.lead, price: '1' } }])).not.toEqual([])
    expect(check([{ ...chat, client: undefined, unread: undefined }])).not.toEqual([])
  })

  test('on the stream', async () => {
    const stream = await things.admin.openStream({ after: 0 })
    const page = await things.admin.listChats()
    await stream.waitForEvent(({ seq }) => seq >= page.seq)
    stream.close()
    const types = new Set(stream.frames.map(({ type }) => type))
    expect([...types].sort()).toEqual(
      expect.arrayContaining(['lead.accepted', 'message.received', 'note.added', 'task.changed']),
    )
    for (const frame of stream.frames)
      expect(faultsIn(DOCUMENT['x-realtime'].frames, frame, { strict: true }), frame.type).toEqual([])
  })

  test('to nobody', async () => {
    const answer = await askAsStranger(world, 'GET', '/chats')
    expect(faultsIn(answerSchema(OPERATIONS.get('GET /chats')!, 401)!, await answer.json())).toEqual([])
  })
})

describe('whatever is asked by the admin, one after the other', () => {
  const statuses = new Map<string, number>()
  // What takes things away comes last.
  const byHarm = (a: string, b: string) => Number(a.startsWith('DELETE ')) - Number(b.startsWith('DELETE '))
  const names = Object.keys(CASES)
    .filter((name) => !name.startsWith('GET '))
    .sort(byHarm)

  test.each(names)('the answer to %s is one of those the document has', async (name) => {
    const { body, query } = CASES[name]!
    const [method, pattern] = name.split(' ') as ['POST', string]
    const path = pattern.replaceAll(/:(\w+)/g, (_, param: string) => things.ids[param]!)
    const given = body?.(things.ids) ?? (name.startsWith('DELETE ') ? undefined : {})
    const answer = await things.admin.request(method, path + (query?.(things.ids) ?? ''), given)
    statuses.set(name, answer.status)
    const operation = OPERATIONS.get(name)!
    expect(Object.keys(operation.responses)).toContain(String(answer.status))
    const schema = answerSchema(operation, answer.status)
    if (schema) expect(faultsIn(schema, await answer.json(), { strict: answer.ok })).toEqual([])
    else if (answer.status === 204) expect(await answer.text()).toBe('')
  })

  test('and most of it is done', () => {
    const done = [...statuses].filter(([, status]) => status < 300)
    expect(done.length).toBeGreaterThan(names.length / 2)
  })
})

describe('GET /openapi.json', () => {
  test('gives it to everybody, and tells when it is still the same', async () => {
    const answer = await askAsStranger(world, 'GET', '/openapi.json')
    expect(answer.status).toBe(200)
    expect(answer.headers.get('cache-control')).toBe('public, max-age=300')
    expect(await answer.json()).toEqual(DOCUMENT)
    const headers = { 'if-none-match': answer.headers.get('etag')! }
    const again = await things.admin.request('GET', '/openapi.json', undefined, headers)
    expect([again.status, await again.text()]).toEqual([304, ''])
  })
})
