import { connect } from 'node:net'
import type { Media } from '@parley/protocol/model'
import { FileServer, startTestWorld, type TestWorld } from '@parley/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aLink, aPicture, getFile, Viewer } from './media-world.ts'

const TEXT = '0123456789'

let world: TestWorld
let files: FileServer
let viewer: Viewer
let picture: Media
let text: Media
beforeAll(async () => {
  world = await startTestWorld()
  files = await FileServer.start()
  viewer = await Viewer.of(await world.aChannel())
  picture = await copy(await aPicture(50, 50), 'picture')
  text = await copy(TEXT, 'file')
})
afterAll(async () => {
  await files.stop()
  await world.stop()
})

async function copy(body: Buffer | string, type: string): Promise<Media> {
  const url = files.serve(`/${type}/${body.length}`, { body })
  return (await viewer.settled(await viewer.receive(aLink(url, { type, file_name: 'a b.dat' })))).media
}

const get = (path: string, headers?: Record<string, string>, method?: string) => getFile(world, path, headers, method)

describe('a file', () => {
  test('comes to anybody who knows its link, and can do no harm', async () => {
    const answer = await get(picture.url!)
    expect(answer.status).toBe(200)
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-length': String(picture.sizeBytes),
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'private, max-age=31536000, immutable',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'cross-origin',
      'accept-ranges': 'bytes',
    })
    expect(answer.headers.get('content-disposition')).toBeNull()
    expect(answer.headers.get('set-cookie')).toBeNull()
  })

  test('that may run in a browser is one to be saved', async () => {
    const answer = await get(text.url!)
    expect(answer.headers.get('content-type')).toBe('application/octet-stream')
    expect(answer.headers.get('content-disposition')).toBe(
      'attachment; filename="a b.dat"; filename*=UTF-8\'\'a%20b.dat',
    )
  })

  test('is saved under whatever name its link says, and the name breaks nothing', async () => {
    const base = text.url!.split('/').slice(0, 4).join('/')
    const name = (path: string) => get(`${base}/${path}`).then((each) => each.headers.get('content-disposition'))
    expect(await name('%0D%0Aset-cookie:x%22%3B.txt')).toBe(
      'attachment; filename="set-cookie:x_;.txt"; filename*=UTF-8\'\'set-cookie%3Ax%22%3B.txt',
    )
    expect(await name('%E2%82%AC')).toContain("filename*=UTF-8''%E2%82%AC")
    expect(await name('..%2F..%2Fetc%2Fpasswd')).toContain('filename="passwd"')
    expect((await get(`${base}/%ff`)).status).toBe(404)
  })

  test('answers HEAD as GET, without the bytes', async () => {
    const answer = await get(text.url!, {}, 'HEAD')
    expect([answer.status, answer.headers.get('content-length'), await answer.text()]).toEqual([200, '10', ''])
  })

  test('need not come twice', async () => {
    const etag = (await get(text.url!)).headers.get('etag')!
    for (const known of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
      const answer = await get(text.url!, { 'if-none-match': known })
      expect([answer.status, await answer.text()], known).toEqual([304, ''])
    }
    expect((await get(text.url!, { 'if-none-match': '"x"' })).status).toBe(200)
  })
})

describe('a part of a file', () => {
  test.each([
    ['bytes=0-3', '0123', 'bytes 0-3/10'],
    ['bytes=4-', '456789', 'bytes 4-9/10'],
    ['bytes=-3', '789', 'bytes 7-9/10'],
    ['bytes=-99', TEXT, 'bytes 0-9/10'],
    ['bytes=8-99', '89', 'bytes 8-9/10'],
    ['bytes=9-9', '9', 'bytes 9-9/10'],
  ])('%s', async (range, part, contentRange) => {
    const answer = await get(text.url!, { range })
    expect([answer.status, await answer.text()]).toEqual([206, part])
    expect(answer.headers.get('content-range')).toBe(contentRange)
    expect(answer.headers.get('content-length')).toBe(String(part.length))
  })

  test.each(['bytes=10-', 'bytes=99-100', 'bytes=-0'])('%s is not there', async (range) => {
    const answer = await get(text.url!, { range })
    expect([answer.status, answer.headers.get('content-range')]).toEqual([416, 'bytes */10'])
  })

  test.each(['bytes=0-1,3-4', 'bytes=', 'bytes=5-2', 'lines=1-2', 'bytes=a-b', 'bytes=1e3-'])(
    '%s is answered with the whole',
    async (range) => {
      const answer = await get(text.url!, { range })
      expect([answer.status, await answer.text()]).toEqual([200, TEXT])
    },
  )

  test('is one of the file that was begun', async () => {
    const etag = (await get(text.url!)).headers.get('etag')!
    expect((await get(text.url!, { range: 'bytes=0-1', 'if-range': etag })).status).toBe(206)
    expect((await get(text.url!, { range: 'bytes=0-1', 'if-range': '"other"' })).status).toBe(200)
  })
})

describe('a link to nothing', () => {
  const id = '9b2d1c1e-7c1a-4b62-9a55-1f1f0a3d7f10'
  test.each([
    `/files/1/${id}/a`,
    `/files/99999999999/${id}/a`,
    `/files/-1/${id}/a`,
    `/files/1e3/${id}/a`,
    '/files/1/not-an-id/a',
    `/files/1/${id}`,
    `/files/1/${id}/a/b`,
    '/files/',
    '/files',
  ])('%s', async (path) => {
    const answer = await get(path, { accept: 'text/html' })
    expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'application/json; charset=utf-8'])
  })

  test('may be one whose bytes the storage lost, or cannot give now', async () => {
    const lost = await copy('lost', 'file')
    const { storage } = world.deps
    const read = storage.read
    storage.read = async () => undefined
    const gone = await get(lost.url!)
    storage.read = () => Promise.reject(new Error('no route to host'))
    const later = await get(lost.url!)
    storage.read = read
    expect([gone.status, await gone.json()]).toEqual([
      404,
      { error: { code: 'not_found', message: 'There is no such file.' } },
    ])
    expect([later.status, later.headers.get('retry-after'), later.headers.get('cache-control')]).toEqual([
      503,
      '5',
      'no-store',
    ])
    expect(await later.text()).not.toContain('route')
    expect(await (await get(lost.url!)).text()).toBe('lost')
  })
})

test('whoever goes away in the middle leaves nothing open', async () => {
  const large = await copy(Buffer.alloc(30 * 1024 * 1024, 1), 'file')
  const { hostname, port } = new URL(world.url)
  const { storage } = world.deps
  const read = storage.read
  const closed = new Promise<void>((resolve) => {
    storage.read = async (...asked) => {
      const stream = await read(...asked)
      stream?.once('close', () => resolve())
      return stream
    }
  })
  const socket = connect(Number(port), hostname)
  socket.write(`GET ${large.url} HTTP/1.1\r\nHost: x\r\n\r\n`)
  socket.once('data', () => socket.destroy())
  await closed
  storage.read = read
})
