import { readdir } from 'node:fs/promises'
import { request as httpRequest } from 'node:http'
import { join } from 'node:path'
import type { UploadedFile } from '@parley/protocol/model'
import { createToken } from '@parley/server/internals'
import {
  type AppClient,
  FileServer,
  S3Server,
  sendRaw,
  startTestWorld,
  type TestWorld,
  waitUntil,
} from '@parley/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aLink, aPicture, getFile, Viewer } from './media-world.ts'

let world: TestWorld
beforeAll(async () => {
  world = await startTestWorld()
})
afterAll(() => world.stop())

const upload = (client: AppClient, body: Buffer, query = '', headers: Record<string, string> = {}, to = world) =>
  sendRaw(
    to.url,
    {
      method: 'POST',
      path: `/api/app/v1/files${query}`,
      headers: { cookie: client.cookie, origin: to.url, 'sec-fetch-site': 'same-origin', ...headers },
      body,
    },
    to.agent,
  )

const left = () => readdir(join(world.dataDir, 'tmp'), { recursive: true })
const nothingLeft = () => waitUntil('nothing is left', async () => (await left()).length === 1)

describe('an upload', () => {
  test('is kept, measured and answered with its link', async () => {
    const client = await (await world.anAccount()).asManager()
    const body = await aPicture(1280, 640)
    const answer = await upload(client, body, '?name=../a%20b.png', { 'content-type': 'image/png' })
    expect(answer.status).toBe(201)
    const file = (await answer.json()) as UploadedFile
    expect(file).toMatchObject({
      fileName: 'a b.png',
      sizeBytes: body.length,
      mediaType: 'image/png',
      width: 1280,
      height: 640,
      thumbnail: { width: 640, height: 320 },
    })
    const copy = await getFile(world, file.url)
    expect(Buffer.from(await copy.arrayBuffer()).equals(body)).toBe(true)
    await nothingLeft()
  })

  test.each([
    ['of no type', {}],
    ['that calls itself JSON', { 'content-type': 'application/json' }],
    ['that calls itself a form', { 'content-type': 'multipart/form-data; boundary=x' }],
    ['of a type that is none', { 'content-type': 'x' }],
  ] as Record<string, unknown>[] & [string, Record<string, string>][])(
    '%s is what its bytes say',
    async (_, headers) => {
      const client = await (await world.anAccount()).asManager()
      const answer = await upload(client, Buffer.from('{"a": 1}'), '', headers)
      expect([answer.status, await answer.json()]).toMatchObject([201, { mediaType: 'text/plain', fileName: 'file' }])
    },
  )

  test('of the same content is the same file', async () => {
    const client = await (await world.anAccount()).asManager()
    const [first, again] = await Promise.all(
      ['?name=a.txt', '?name=b.txt'].map((name) => upload(client, Buffer.from('same'), name)),
    )
    const ids = [await first!.json(), await again!.json()] as UploadedFile[]
    expect(ids[0]?.id).toBe(ids[1]?.id)
    expect(ids.map(({ fileName }) => fileName)).toEqual(['a.txt', 'b.txt'])
  })

  test('may be sent with a token', async () => {
    const { id, manager } = await world.anAccount()
    const { token } = await createToken(world.deps, { accountId: id, userId: manager.id })
    const headers = { authorization: `Bearer ${token}` }
    const request = { method: 'POST', path: '/api/app/v1/files', headers, body: Buffer.from('x') }
    expect((await sendRaw(world.url, request, world.agent)).status).toBe(201)
  })
})

describe('an upload is refused', () => {
  test('without a log-in, and from another site', async () => {
    const client = await (await world.anAccount()).asManager()
    expect((await upload(client, Buffer.from('x'), '', { cookie: '' })).status).toBe(401)
    expect((await upload(client, Buffer.from('x'), '', { origin: 'https://evil.example' })).status).toBe(403)
  })

  test('when there is nothing in it', async () => {
    const client = await (await world.anAccount()).asManager()
    expect((await upload(client, Buffer.alloc(0))).status).toBe(400)
    expect((await upload(client, Buffer.alloc(0), '', { 'content-type': 'image/png' })).status).toBe(400)
    await nothingLeft()
  })

  test('by a name that cannot be one', async () => {
    const client = await (await world.anAccount()).asManager()
    expect((await upload(client, Buffer.from('x'), '?name=a%00b')).status).toBe(400)
    expect((await upload(client, Buffer.from('x'), `?name=${'x'.repeat(1025)}`)).status).toBe(400)
    expect((await upload(client, Buffer.from('x'), '?name=a&name=b')).status).toBe(400)
  })

  test('when it is larger than any channel takes, with the number', async () => {
    const account = await world.anAccount()
    const client = await account.asManager()
    const huge = { 'content-length': String(100 * 1024 * 1024 + 1) }
    const answer = await announce(client, huge)
    expect(answer).toMatchObject({ status: 413 })
    expect(JSON.parse(answer.text)).toMatchObject({ error: { code: 'too_large', details: { maxBytes: 104_857_600 } } })
    await world.aChannel({ account, settings: { max_file_size: 200 * 1024 * 1024 } })
    const larger = await announce(client, { 'content-length': String(200 * 1024 * 1024 + 1) })
    expect(JSON.parse(larger.text)).toMatchObject({ error: { details: { maxBytes: 209_715_200 } } })
  })

  test('when it turns out larger while it comes', async () => {
    const client = await (await world.anAccount()).asManager()
    const chunk = Buffer.alloc(1024 * 1024)
    const request = begin(client, { 'transfer-encoding': 'chunked' })
    const answered = new Promise<number | undefined>((resolve) =>
      request.on('response', ({ statusCode }) => resolve(statusCode)),
    )
    const write = () => request.write(chunk, () => (request.destroyed ? undefined : write()))
    write()
    expect(await answered).toBe(413)
    request.destroy()
    await nothingLeft()
  })

  test('when there are six already, until one is done', async () => {
    const client = await (await world.anAccount()).asManager()
    const six = Array.from({ length: 6 }, () => begin(client, { 'content-length': '3' }))
    for (const request of six) request.write('a')
    await waitUntil('six are coming', async () => (await left()).length === 7)
    const refused = await upload(client, Buffer.from('x'))
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '5'])
    // Somebody else is not kept waiting.
    expect((await upload(await (await world.anAccount()).asManager(), Buffer.from('x'))).status).toBe(201)
    for (const request of six) request.destroy()
    await nothingLeft()
    expect((await upload(client, Buffer.from('x'))).status).toBe(201)
  })

  test('when nothing more of it comes', async () => {
    const client = await (await world.anAccount()).asManager()
    const request = begin(client, { 'content-length': '3' })
    request.write('a')
    await waitUntil('it is coming', async () => (await left()).length === 2)
    await world.clock.advanceUntil(nothingLeft())
    request.destroy()
  })
})

/** An upload whose body the test writes, or does not. */
function begin(client: AppClient, headers: Record<string, string>) {
  const request = httpRequest(new URL('/api/app/v1/files', world.url), {
    method: 'POST',
    headers: { cookie: client.cookie, ...headers },
    agent: false,
  })
  request.on('error', () => undefined)
  request.flushHeaders()
  return request
}

function announce(client: AppClient, headers: Record<string, string>): Promise<{ status: number; text: string }> {
  return new Promise((resolve) => {
    const request = begin(client, headers)
    request.on('response', async (answer) => {
      let text = ''
      for await (const chunk of answer) text += String(chunk)
      request.destroy()
      resolve({ status: answer.statusCode ?? 0, text })
    })
  })
}

test('files live in S3 where that is set, and nowhere else', async () => {
  const s3 = await S3Server.start()
  const files = await FileServer.start()
  const own = await startTestWorld({ env: { PARLEY_S3_URL: s3.url } })
  try {
    const channel = await own.aChannel()
    const viewer = await Viewer.of(channel)
    const body = await aPicture(900, 300)
    const { media } = await viewer.settled(await viewer.receive(aLink(files.serve('/a', { body }))))
    expect(media).toMatchObject({ state: 'ready', width: 900 })
    const whole = await getFile(own, media.url!)
    expect(Buffer.from(await whole.arrayBuffer()).equals(body)).toBe(true)
    const part = await getFile(own, media.url!, { range: 'bytes=1-3' })
    expect([part.status, await part.text()]).toEqual([206, 'PNG'])
    expect((await upload(viewer.client, Buffer.from('Hello'), '?name=a.txt', {}, own)).status).toBe(201)
    expect(await s3.keys()).toHaveLength(3)
    expect(await readdir(own.dataDir)).not.toContain('files')
  } finally {
    await own.stop()
    await files.stop()
    await s3.stop()
  }
})

test.each([
  ['http://key:secret@127.0.0.1:65533/harbor', 'connection refused'],
  ['https://s3.example/harbor', 'with all its parts'],
])('a start with the bucket %s ends with one sentence', async (url, reason) => {
  await expect(startTestWorld({ env: { PARLEY_S3_URL: url } })).rejects.toMatchObject({
    name: 'StartError',
    message: expect.stringContaining(reason),
  })
})
