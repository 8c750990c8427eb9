import { execFile, execFileSync } from 'node:child_process'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import type { ChannelRequest } from '@parley/protocol/model'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { toCurl } from './to-curl.ts'

const aRequest = (given: Partial<ChannelRequest>): ChannelRequest => ({
  ...{
    id: 'r1' as ChannelRequest['id'],
    at: 0,
    method: 'POST',
    path: '/v2/origin/custom/a_b',
    status: 200,
    durationMs: 1,
  },
  ...{ requestId: '', errorType: null, amojoId: null, leftOut: 0, error: null, headers: [], answerHeaders: [] },
  body: aBody(''),
  answer: aBody(''),
  isMasked: false,
  ...given,
})
const aBody = (text: string) => ({ text, encoding: 'utf8' as const, size: Buffer.byteLength(text), isCut: false })

test('is one command of quoted words', () => {
  const body = aBody(`{"text":"it's $(date) \`id\`"}`)
  expect(
    toCurl(
      aRequest({
        headers: [
          ['Date', 'Mon'],
          ['Host', 'x'],
          ['Content-Type', 'application/json'],
        ],
        body,
      }),
      'http://h',
    ),
  ).toBe(`curl --globoff --path-as-is -X 'POST' 'http://h/v2/origin/custom/a_b' \\
  -H 'Date: Mon' \\
  -H 'Content-Type: application/json' \\
  --data-raw '{"text":"it'\\''s $(date) \`id\`"}'`)
})

function hasCurl(): boolean {
  try {
    execFileSync('curl', ['--version'])
    return true
  } catch {
    return false
  }
}

interface Heard {
  method: string
  path: string
  headers: string[]
  body: Buffer
}

describe.runIf(hasCurl())('run by a shell, the server hears what it heard before', () => {
  const heard: Heard[] = []
  let server: Server
  let origin: string
  beforeAll(async () => {
    server = createServer(async (request, answer) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      const { method = '', url = '', rawHeaders } = request
      heard.push({ method, path: url, headers: rawHeaders, body: Buffer.concat(chunks) })
      answer.end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => server.close())

  async function say(request: ChannelRequest): Promise<Heard> {
    await promisify(execFile)('sh', ['-c', `${toCurl(request, origin)} --silent`])
    return heard.at(-1)!
  }

  test.each([
    ['quotes, commands and variables', `'; touch /tmp/pwned; echo ' "$HOME" $(id) \`id\` \\ ! %s`],
    ['lines', 'one\ntwo\r\n\tthree\n'],
    ['the name of a file', '@/etc/passwd'],
    ['other scripts', 'Привет, ¿qué tal? 🚲'],
  ])('%s', async (_, text) => {
    const body = aBody(text)
    const said = await say(
      aRequest({
        body,
        headers: [
          ['X-Text', `it's "$HOME" $(id)`],
          ['X-Signature', 'abc'],
          ['X-Empty', ''],
        ],
      }),
    )
    expect(said.body.toString()).toBe(text)
    expect(said.headers).toEqual(
      expect.arrayContaining(['X-Text', `it's "$HOME" $(id)`, 'X-Signature', 'abc', 'X-Empty']),
    )
    expect(said.headers.map((name) => name.toLowerCase())).not.toContain('content-type')
  })

  test('a path is not tidied, and no pattern', async () => {
    const path = "/v2/origin/../custom/[1-3]{a,b}?q='x'&y=%27"
    expect(await say(aRequest({ method: 'DELETE', path }))).toMatchObject({ method: 'DELETE', path })
  })

  test('bytes that are no text', async () => {
    const bytes = Buffer.from([0, 255, 39, 10, 0])
    const body = { text: bytes.toString('base64'), encoding: 'base64' as const, size: bytes.length, isCut: false }
    expect((await say(aRequest({ body }))).body).toEqual(bytes)
  })
})
