import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { FileServer, TestClock, waitUntil } from '@parley/testkit'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createDownloader, type Downloader } from './download.ts'
import type { GuardedFetchOptions } from './guarded-fetch.ts'

let clock: TestClock
let server: FileServer
let folder: string
let opened: Downloader[]

beforeEach(async () => {
  clock = new TestClock()
  server = await FileServer.start()
  folder = await mkdtemp(join(tmpdir(), 'parley-download-'))
  opened = []
})
afterEach(async () => {
  await Promise.all(opened.map((downloader) => downloader.close()))
  await server.stop()
  await rm(folder, { recursive: true, force: true })
})

function open(options: Partial<GuardedFetchOptions> = {}): Downloader {
  const downloader = createDownloader({ clock, allowPrivateNetwork: true, ...options })
  opened.push(downloader)
  return downloader
}

const get = (url: string, maxBytes = 1000) => open().download({ url, path: join(folder, 'file'), maxBytes })
const kept = () => readFile(join(folder, 'file'), 'utf8').catch(() => undefined)

describe('a file', () => {
  test('comes with its size, its digest and its name', async () => {
    const url = server.serve('/a', {
      body: 'Hello',
      headers: { 'content-disposition': 'attachment; filename="a.txt"' },
    })
    const sha256 = createHash('sha256').update('Hello').digest()
    const outcome = await get(url)
    expect(outcome).toEqual({ kind: 'downloaded', host: server.host, sizeBytes: 5, sha256, fileName: 'a.txt' })
    expect(await kept()).toBe('Hello')
    expect(server.requests[0]?.headers).toMatchObject({ 'accept-encoding': 'identity', 'user-agent': 'Parley' })
  })

  test('that is packed although nobody asked is unpacked, and counted unpacked', async () => {
    const body = gzipSync('x'.repeat(900))
    const url = server.serve('/packed', { body, headers: { 'content-encoding': 'gzip' } })
    expect(await get(url)).toMatchObject({ kind: 'downloaded', sizeBytes: 900 })
    await rm(join(folder, 'file'))
    expect(await get(url, 899)).toEqual({ kind: 'too_large' })
  })

  test.each([
    ['says so', { 'content-length': '1001' }],
    ['comes without a length', { 'transfer-encoding': 'chunked' }],
    ['says nothing', {}],
  ])('that is too large is not kept when it %s', async (_, headers) => {
    const url = server.serve('/large', { body: Buffer.alloc(1001), headers })
    expect(await get(url)).toEqual({ kind: 'too_large' })
    expect(await readdir(folder)).toEqual([])
  })

  test.each([
    ['is cut', { body: 'Hello', how: 'break_off', headers: { 'content-length': '5' } }, 'broke_off'],
    ['is cut between chunks', { body: 'Hello', how: 'break_off' }, 'broke_off'],
    ['is empty', { body: '' }, 'empty'],
    ['is packed wrongly', { body: 'Hello', headers: { 'content-encoding': 'gzip' } }, 'broke_off'],
  ] as const)('that %s is not kept', async (_, file, kind) => {
    expect(await get(server.serve('/bad', file))).toMatchObject({ kind, host: server.host })
    expect(await kept()).toBe(kind === 'empty' ? '' : undefined)
  })

  test('that is not there is answered as it is, with when to come again', async () => {
    expect(await get(`${server.url}/none`)).toEqual({ kind: 'answered', host: server.host, status: 404 })
    const busy = server.serve('/busy', { status: 503, headers: { 'retry-after': '7' } })
    expect(await get(busy)).toEqual({ kind: 'answered', host: server.host, status: 503, retryAfterMs: 7000 })
  })

  test('that cannot be written is our failure', async () => {
    const url = server.serve('/a', { body: 'Hello' })
    const path = join(folder, 'nowhere', 'file')
    await expect(open().download({ url, path, maxBytes: 9 })).rejects.toThrow('could not be written')
  })
})

describe('time', () => {
  test.each([
    ['nobody answers', { how: 'hang' }, 'failed'],
    ['nothing more comes', { how: 'stall', body: 'Hello' }, 'broke_off'],
  ] as const)('runs out when %s for 30 s', async (_, file, kind) => {
    const outcome = get(server.serve('/slow', file))
    await server.asked('/slow')
    if (file.how === 'stall') await waitUntil('half of it is there', async () => (await kept()) === 'Hel')
    await clock.advance(29_000)
    expect(server.inHand).toBe(1)
    expect(await clock.advanceUntil(outcome)).toMatchObject({ kind })
    expect(await readdir(folder)).toEqual([])
  })

  test('is up when the caller says so', async () => {
    const stop = new AbortController()
    const url = server.serve('/slow', { how: 'hang' })
    const outcome = open().download({ url, path: join(folder, 'file'), maxBytes: 9 }, stop.signal)
    await server.asked('/slow')
    stop.abort()
    expect(await outcome).toEqual({ kind: 'aborted' })
  })
})

describe('a redirect', () => {
  const to = (location: string, status = 302) => ({ status, headers: { location } })

  test.each([301, 302, 303, 307, 308])('by %i is followed, with the path it names', async (status) => {
    server.serve('/b/é?c=1', { body: 'Hello' })
    const url = server.serve('/a', to('b/%C3%A9?c=1', status))
    expect(await get(url)).toMatchObject({ kind: 'downloaded', sizeBytes: 5 })
    expect(server.requests.at(-1)?.url).toBe('/b/%C3%A9?c=1')
  })

  test('takes no password to another place', async () => {
    const other = await FileServer.start()
    const there = other.serve('/b', { body: 'Hello' })
    const url = server.serve('/a', to(there)).replace('http://', 'http://user:pass@')
    expect(await get(url)).toMatchObject({ kind: 'downloaded', host: other.host })
    expect(server.requests[0]?.headers.authorization).toBe(`Basic ${btoa('user:pass')}`)
    expect(other.requests[0]?.headers.authorization).toBeUndefined()
    await other.stop()
  })

  test('that never ends does', async () => {
    expect(await get(server.serve('/a', to('/a')))).toEqual({ kind: 'too_many_redirects', host: server.host })
    expect(server.requests).toHaveLength(6)
  })

  test.each(['ftp://harbor.example/a', 'file:///etc/passwd', 'data:text/plain,x', 'http://[', 'javascript:1'])(
    'to %s leads nowhere',
    async (location) => {
      expect(await get(server.serve('/a', to(location)))).toMatchObject({ kind: 'failed' })
    },
  )
})

describe('an address that is not public', () => {
  const PRIVATE = ['http://127.0.0.1/a', 'http://[::1]/a', 'http://169.254.169.254/latest', 'http://0x7f.1/a']

  test.each(PRIVATE)('%s is not asked', async (url) => {
    const outcome = await open({ allowPrivateNetwork: false }).download({ url, path: join(folder, 'f'), maxBytes: 9 })
    expect(outcome).toMatchObject({ kind: 'refused_address' })
  })

  const INSIDE = ['10.0.0.1', '127.0.0.2', '::ffff:127.0.0.2', '2130706434', '0x7f.2', 'inside.harbor.example']

  test.each(INSIDE)('%s is not asked when a redirect leads there', async (host) => {
    const location = `http://${host.includes('::') ? `[${host}]` : host}:${new URL(server.url).port}/inside`
    const url = server.serve('/a', { status: 302, headers: { location } })
    server.serve('/inside', { body: 'Secret' })
    // 127.0.0.1 stands for the Internet, and 127.0.0.2, which is as near, for what is inside.
    const trusting = open({
      allowPrivateNetwork: false,
      isPublic: (address) => address === '127.0.0.1',
      resolve: async () => [{ address: '127.0.0.2', family: 4 }],
    })
    const outcome = await trusting.download({ url, path: join(folder, 'f'), maxBytes: 9 })
    expect(outcome).toMatchObject({ kind: 'refused_address', host: new URL(location).host })
    expect(server.requests.map((one) => one.url)).toEqual(['/a'])
  })

  test('is not asked under a name either', async () => {
    const url = `http://files.harbor.example:${new URL(server.url).port}/a`
    const outcome = await openTrusting('files.harbor.example').download({ url, path: join(folder, 'f'), maxBytes: 9 })
    expect(outcome).toMatchObject({ kind: 'refused_address', host: new URL(url).host })
  })

  /** A name server that says 127.0.0.1. */
  const openTrusting = (name: string) =>
    open({
      allowPrivateNetwork: false,
      resolve: async (asked) => (asked === name ? [{ address: '127.0.0.1', family: 4 }] : []),
    })
})
