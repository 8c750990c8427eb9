import type { AddressInfo } from 'node:net'
import { createServer as createTcpServer } from 'node:net'
import { HookReceiver, TestClock, waitUntil } from '@parley/testkit'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createGuardedFetch, type GuardedFetch, type GuardedFetchOptions, readRetryAfter } from './guarded-fetch.ts'

let clock: TestClock
let server: HookReceiver
const opened: GuardedFetch[] = []

beforeEach(async () => {
  clock = new TestClock()
  server = await HookReceiver.start()
})
afterEach(async () => {
  await Promise.all(opened.splice(0).map((http) => http.close()))
  await server.stop()
})

function open(options: Partial<GuardedFetchOptions> = {}): GuardedFetch {
  const http = createGuardedFetch({ clock, allowPrivateNetwork: true, ...options })
  opened.push(http)
  return http
}

const post = (url: string, headers: Record<string, string> = {}) =>
  ({ url, method: 'POST', headers, body: Buffer.from('{"a":"ö"}'), timeoutMs: 10_000 }) as const

const portOf = (url: string) => new URL(url).port

describe('an answer', () => {
  test('brings its status and the first kilobyte', async () => {
    server.answerWith({ status: 500, body: 'é'.repeat(2000) })
    const outcome = await open().fetch(post(server.url, { 'X-A': 'b' }))
    expect(outcome).toEqual({ kind: 'answered', status: 500, reply: 'é'.repeat(512) })
    expect(server.requests[0]?.headers).toMatchObject({ 'x-a': 'b', 'content-length': '10' })
    expect(server.requests[0]?.body.toString()).toBe('{"a":"ö"}')
  })

  test('is not read beyond its limit', async () => {
    server.answerWith({ status: 200, body: 'x'.repeat(5_000_000) })
    expect(await open().fetch(post(server.url))).toEqual({ kind: 'answered', status: 200, reply: 'x'.repeat(1024) })
  })

  test('that redirects is not followed', async () => {
    server.answerWith({ status: 307, headers: { location: server.url } })
    expect(await open().fetch(post(server.url))).toMatchObject({ kind: 'answered', status: 307 })
    expect(server.requests).toHaveLength(1)
  })

  test('with a NUL can be stored', async () => {
    server.answerWith({ status: 200, body: 'a\0b' })
    expect(await open().fetch(post(server.url))).toMatchObject({ reply: 'a\uFFFDb' })
  })

  test('says when to come again', async () => {
    server.answerWith({ status: 429, headers: { 'retry-after': '7' } })
    expect(await open().fetch(post(server.url))).toMatchObject({ status: 429, retryAfterMs: 7000 })
  })

  test('user and password in the URL become basic authorization', async () => {
    await open().fetch(post(server.url.replace('http://', 'http://ana:p%40ss@')))
    expect(server.requests[0]?.headers.authorization).toBe(`Basic ${Buffer.from('ana:p@ss').toString('base64')}`)
  })
})

describe('no answer', () => {
  test('within the time', async () => {
    server.answerAlways('hang')
    const outcome = open().fetch(post(server.url))
    await server.next()
    await clock.advance(10_000)
    expect(await outcome).toEqual({ kind: 'failed', cause: 'timeout', reason: 'no answer within 10 s' })
  })

  test('because the caller ended it', async () => {
    server.answerAlways('hang')
    const ending = new AbortController()
    const outcome = open().fetch(post(server.url), ending.signal)
    await server.next()
    ending.abort()
    expect(await outcome).toEqual({ kind: 'aborted' })
    expect(await open().fetch(post(server.url), ending.signal)).toEqual({ kind: 'aborted' })
    expect(clock.sleepers()).toEqual([])
  })

  test('but a cut connection', async () => {
    server.answerWith('drop')
    expect(await open().fetch(post(server.url))).toMatchObject({ kind: 'failed', cause: 'lost' })
  })

  test('because nobody listens', async () => {
    expect(await open().fetch(post('http://127.0.0.1:9/'))).toMatchObject({ reason: 'connection refused' })
  })

  test('because there is no such name', async () => {
    const resolve = () => Promise.reject(Object.assign(new Error(), { code: 'ENOTFOUND' }))
    expect(await open({ resolve }).fetch(post('http://nobody.test/'))).toMatchObject({ reason: 'name not found' })
  })

  test.each(['ftp://example.net/', 'file:///etc/passwd', 'data:,x', 'not a url'])('from %s', async (url) => {
    expect(await open().fetch(post(url))).toMatchObject({ kind: 'failed', cause: 'other' })
  })

  test.each([
    ['the answer was not HTTP', 'hello\r\n\r\n'],
    ['the headers of the answer are too large', `HTTP/1.1 200 OK\r\nX-A: ${'a'.repeat(100_000)}\r\n\r\n`],
  ])('%s', async (reason, answer) => {
    const rude = createTcpServer((socket) => socket.on('error', () => undefined).once('data', () => socket.end(answer)))
    await new Promise<void>((resolve) => rude.listen(0, '127.0.0.1', resolve))
    try {
      const { port } = rude.address() as AddressInfo
      expect(await open().fetch(post(`http://127.0.0.1:${port}/`))).toMatchObject({ kind: 'failed', reason })
    } finally {
      rude.close()
    }
  })

  test('to the end: a status that was said counts', async () => {
    const endless = createTcpServer((socket) =>
      socket
        .on('error', () => undefined)
        .once('data', () => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nso far')),
    )
    await new Promise<void>((resolve) => endless.listen(0, '127.0.0.1', resolve))
    try {
      const { port } = endless.address() as AddressInfo
      let outcome: unknown
      void open()
        .fetch(post(`http://127.0.0.1:${port}/`))
        .then((got) => {
          outcome = got
        })
      await waitUntil('it ends', async () => {
        await clock.advance(1000)
        return outcome !== undefined
      })
      expect(outcome).toMatchObject({ kind: 'answered', status: 200 })
    } finally {
      endless.close()
    }
  })
})

describe('an address that is not public', () => {
  const refused = { kind: 'refused_address', reason: 'its address is not on the public Internet' }

  test.each([
    'http://127.0.0.1/',
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f.0.0.1/',
    'http://0177.0.0.1/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[64:ff9b::a00:1]/',
    'http://169.254.169.254/latest/meta-data/',
    'https://10.0.0.1/',
    'http://0.0.0.0/',
  ])('%s', async (url) => {
    expect(await open({ allowPrivateNetwork: false }).fetch(post(url))).toEqual(refused)
  })

  test('behind a name', async () => {
    const resolve = async () => [{ address: '127.0.0.1', family: 4 }]
    const http = open({ allowPrivateNetwork: false, resolve })
    expect(await http.fetch(post(`http://hooks.example.net:${portOf(server.url)}/`))).toEqual(refused)
    expect(server.requests).toHaveLength(0)
  })

  test('behind every address of a name', async () => {
    const resolve = async () => [
      { address: '127.0.0.1', family: 4 },
      { address: '2001:db8::1', family: 6 },
      { address: '::ffff:10.0.0.1', family: 6 },
    ]
    const http = open({ allowPrivateNetwork: false, resolve })
    expect(await http.fetch(post(`http://hooks.example.net:${portOf(server.url)}/`))).toEqual(refused)
  })
})

describe('a name', () => {
  test('is resolved once for a connection, and the connection is used again', async () => {
    const resolve = vi.fn(async () => [{ address: '127.0.0.1', family: 4 }])
    const http = open({ resolve })
    const url = `http://hooks.example.net:${portOf(server.url)}/a`
    for (let round = 0; round < 10; round += 1) await http.fetch(post(url))
    // undici may open a second one while it still tidies up the first.
    expect(resolve.mock.calls.length).toBeLessThanOrEqual(2)
    expect(server.requests.map((one) => one.headers.host)).toContain(`hooks.example.net:${portOf(server.url)}`)
  })

  test('asked for many times at once is asked for once', async () => {
    const resolve = vi.fn(async () => [{ address: '127.0.0.1', family: 4 }])
    const http = open({ resolve })
    await Promise.all(
      Array.from({ length: 20 }, () => http.fetch(post(`http://hooks.example.net:${portOf(server.url)}/`))),
    )
    expect(server.requests).toHaveLength(20)
    expect(resolve.mock.calls.length).toBeLessThan(20)
  })
})

test.each([
  ['value', { 'X-A': 'b\r\nX-Evil: 1' }],
  ['name', { 'X-A\r\nX-Evil': 'b' }],
])('a header whose %s holds a line end is never sent', async (_, headers) => {
  await expect(open().fetch(post(server.url, headers as Record<string, string>))).rejects.toThrow(TypeError)
  expect(server.requests).toHaveLength(0)
})

describe('Retry-After', () => {
  const now = new Date('2026-03-01T12:00:00Z')
  test.each([
    ['5', 5000],
    ['Sun, 01 Mar 2026 12:00:30 GMT', 30_000],
    ['Sun, 01 Mar 2026 11:00:00 GMT', 0],
    ['soon', undefined],
    ['-5', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%s', (header, ms) => expect(readRetryAfter(header, now)).toBe(ms))
})
