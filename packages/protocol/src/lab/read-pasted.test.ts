import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkSignature } from './check-signature.ts'
import { fromWire, type PastedRequest } from './pasted-request.ts'
import { readParts } from './read-http.ts'
import { readPasted } from './read-pasted.ts'

const ASSUMED = '/v2/origin/custom/assumed'

function read(text: string): PastedRequest {
  const pasted = readPasted(text, ASSUMED)
  if (!pasted.ok) throw new Error(pasted.message)
  return pasted.request
}
const headers = (request: PastedRequest) => request.headers.map(({ name, value }) => `${name}: ${value}`)
const bodyOf = (text: string) => read(text).body.toString()

describe('a curl command', () => {
  test('is read as it is copied from documents', () => {
    const request = read(`curl -X POST 'https://amojo.example.test/v2/origin/custom/a_b?x=1' \\
      -H 'Date: Tue, 03 Mar 2026 10:15:30 +0000' \\
      --header "Content-Type: application/json" \\
      -H "X-Signature:  abc  " \\
      --data-raw '{"a":"it'\\''s"}'`)
    expect(request).toMatchObject({
      form: 'curl',
      method: 'POST',
      target: '/v2/origin/custom/a_b?x=1',
      origin: 'https://amojo.example.test',
    })
    expect(headers(request)).toEqual([
      'Date: Tue, 03 Mar 2026 10:15:30 +0000',
      'Content-Type: application/json',
      'X-Signature: abc',
    ])
    expect(request.body.toString()).toBe(`{"a":"it's"}`)
    expect(request.notes).toEqual([])
  })

  test.each<[string, string]>([
    [`curl u -d '{"a":1}'`, '{"a":1}'],
    [`curl u -d'{"a":1}'`, '{"a":1}'],
    [`curl u --data='{"a":1}'`, '{"a":1}'],
    [`curl u -d "{\\"a\\":\\"\\$x\\"}"`, '{"a":"$x"}'],
    [`curl u -d $'{"a":"\\u041f\\x41\\n\\''}'`.replace(`\\''}'`, `"}'`), '{"a":"ПA\n"}'],
    ['curl u --data-binary "a\\\nb"', 'ab'],
    ['curl u -d a -d b', 'a&b'],
    ['curl u --json a --json b', 'ab'],
    ['curl u --data-raw @not-a-file', '@not-a-file'],
    ["curl u --data-urlencode 'a=b c&ü'", 'a=b%20c%26%C3%BC'],
    ['curl u -d {\\"a\\":1}', '{"a":1}'],
    [`curl u -d 'two\nlines'`, 'two\nlines'],
    ['curl.exe ^"u^" ^\r\n  -d ^"{\\^"a\\^":1}^"', '{"a":1}'],
    ['$ curl u -sS -d x', 'x'],
    ['curl u -d x; rm -rf /', 'x'],
    ['curl u -d x\necho y', 'x'],
    ['curl u\n  -H "A: b"\n  -d x', 'x'],
    ['curl u \\ \n -d x', 'x'],
  ])('%s has its body', (command, body) => expect(bodyOf(command)).toBe(body))

  test.each<[string, string]>([
    ['curl u', 'GET'],
    ['curl u -d x', 'POST'],
    ['curl -XDELETE u', 'DELETE'],
    ['curl --request PUT u -d x', 'PUT'],
    ['curl -I u', 'HEAD'],
    ['curl -G u -d x', 'GET'],
    ['curl -sSLkv -X PATCH u', 'PATCH'],
    ['curl --compressed --silent --max-time 5 -X post u', 'post'],
  ])('%s is a %s', (command, method) =>
    expect(read(command)).toMatchObject({ method, target: expect.stringMatching(/^\/(\?x)?$/) }),
  )

  test('-G puts the data into the query', () => {
    expect(read('curl -G https://h/p?a=1 -d b=2')).toMatchObject({ target: '/p?a=1&b=2', body: Buffer.alloc(0) })
  })

  test('sends a form where nothing else is said, and that is told', () => {
    const request = read('curl u -d x')
    expect(headers(request)).toEqual(['Content-Type: application/x-www-form-urlencoded'])
    expect(request.notes).toEqual(['content_type_of_curl'])
  })

  test('what is in a file, or in a variable, is not known and not looked up', () => {
    expect(read('curl u -d @/etc/passwd')).toMatchObject({
      notes: ['body_in_file', 'content_type_of_curl'],
      body: Buffer.alloc(0),
    })
    expect(read('curl u -H "X-Signature: $SIG"').notes).toEqual(['variables'])
    expect(read('curl u -d "$(cat x)" -H "Content-Type: a"').notes).toEqual(['variables'])
    expect(read("curl u -H 'X-Signature: $SIG'").notes).toEqual([])
    expect(read('curl u -F a=@b').notes).toEqual(['form_left_out'])
  })

  test('without an address it is refused in words', () => {
    expect(readPasted('curl -d x', ASSUMED)).toEqual({
      ok: false,
      message: expect.stringContaining('names no address'),
    })
  })
})

describe('raw HTTP', () => {
  const lines = ['POST /v2/x?y HTTP/1.1', 'Host: h.example', 'Content-Type: application/json', '', '{"a":1}']

  test.each(['\n', '\r\n'])('with %j between its lines', (lineEnd) => {
    const request = read(lines.join(lineEnd))
    expect(request).toMatchObject({
      form: 'http',
      method: 'POST',
      target: '/v2/x?y',
      origin: 'https://h.example',
      notes: [],
    })
    expect(headers(request)).toEqual(lines.slice(1, 3))
    expect(request.body.toString()).toBe('{"a":1}')
  })

  test.each(['GET /x', '\n\nGET /x HTTP/2\n\n', 'get https://h/x HTTP/1.1'])('%j is one', (text) => {
    expect(read(text)).toMatchObject({ target: '/x', body: Buffer.alloc(0) })
  })

  test('without a request line it is a message by the own connection, and that is told', () => {
    const request = read('Content-MD5: abc\n\n{}')
    expect(request).toMatchObject({ method: 'POST', target: ASSUMED, notes: ['path_assumed'] })
    expect(request.body.toString()).toBe('{}')
  })

  test('a body is known by its brace where the empty line is missing', () => {
    expect(bodyOf('POST /x\nA: b\n{"a":\n1}')).toBe('{"a":\n1}')
  })

  test.each<[string, number, string, string[]]>([
    ['{"a":1}\n', 7, '{"a":1}', ['line_end_left_out']],
    ['{"a":1}\n', 8, '{"a":1}\n', []],
    ['{\n}', 4, '{\r\n}', []],
    ['{"a":1}', 99, '{"a":1}', ['length_differs']],
  ])('%j with Content-Length %i', (text, length, body, notes) => {
    const request = read(`POST /x\nContent-Length: ${length}\n\n${text}`)
    expect(request.body.toString()).toBe(body)
    expect(request.notes).toEqual(notes)
  })

  test('what curl -v prints is read by what was sent', () => {
    const request = read(
      '* Connected\n> POST /x HTTP/1.1\n> Host: h\n> A: b\n>\n* sent\n< HTTP/1.1 403 Forbidden\n< C: d',
    )
    expect(request).toMatchObject({ method: 'POST', target: '/x' })
    expect(headers(request)).toEqual(['Host: h', 'A: b'])
  })

  test('letters beyond ASCII are the bytes they are sent as', () => {
    const request = read('POST /ü HTTP/1.1\nX-Name: Привет\n\n')
    expect(fromWire(request.target)).toBe('/ü')
    expect(request.target).toBe('/Ã¼')
    expect(fromWire(request.headers[0]!.value)).toBe('Привет')
  })

  test.each(['', 'hello there', 'POST /x\nnot a header', '{}', '{"a":\n1}'])('%j is refused in words', (text) => {
    expect(readPasted(text, ASSUMED)).toMatchObject({ ok: false, message: expect.stringMatching(/\.$/) })
  })
})

test('parts are put together', () => {
  const read = readParts({ method: 'GET', url: ' https://h:1/x#y ', headers: 'A: b\r\n\n C: d', body: '' })
  expect(read).toMatchObject({
    ok: true,
    request: { target: '/x', origin: 'https://h:1', headers: [{ name: 'A' }, { name: 'C' }] },
  })
  expect(readParts({ method: 'GET', url: '/', headers: 'no', body: '' })).toMatchObject({ ok: false })
})

describe('whatever is pasted', () => {
  const at = new Date('2026-03-03T10:15:30Z')
  const context = {
    secret: 'a3f1b2c4d5e6f708192a3b4c5d6e7f8091a2b3c4',
    otherSecrets: [],
    legacy: 'core' as const,
    ids: { channelId: 'c', scopeId: 'c_a', amojoId: 'a' },
    origins: ['https://h'],
    at,
    now: at,
  }
  const checked = (text: string) => {
    const pasted = readPasted(text, ASSUMED)
    return pasted.ok ? checkSignature(pasted.request, context) : pasted
  }
  const pieces = fc.constantFrom(
    'curl ',
    'https://h/x',
    ' -H ',
    ' -d ',
    "'",
    '"',
    '\\',
    '\n',
    '\r\n',
    '$',
    "$'",
    '^',
    '{',
    '}',
    '@',
    'POST /x HTTP/1.1',
    'Date: ',
    'X-Signature: ',
    'Content-MD5: ',
    'Content-Type: application/json',
    'a'.repeat(40),
    '%',
    'ü',
    '\0',
    '> ',
    ';',
    '-',
    '--data=',
    '--',
  )
  const nearly = fc
    .array(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 5 })), { maxLength: 40 })
    .map((all) => all.join(''))

  test('is read or refused, and explained, and nothing is thrown', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          nearly,
          nearly.map((text) => `curl ${text}`),
          nearly.map((text) => `POST /x\nX-Signature: ${'ab'.repeat(20)}\n${text}`),
        ),
        (text) => {
          const check = checked(text)
          expect('ok' in check ? check.message : check.lines.length).toBeTruthy()
        },
      ),
      { numRuns: 300 },
    )
  })

  test.each([
    '\\',
    '"',
    "'",
    '\n',
    ' ',
    '\r\n',
    '; ',
    '-H ',
    "$'\\",
    '^"',
    '[',
    '{"a":',
    '\\u',
    '> P\n',
    'a:\n',
    '=',
    '%',
    '/',
    '{\n',
    '"\\',
  ])('64 KB of %j come to an end', (piece) => {
    for (const start of [
      '',
      'curl ',
      'curl u -d ',
      'POST /x\nDate: ',
      `POST /x\nX-Signature: ${'ab'.repeat(20)}\n\n`,
    ]) {
      const check = checked((start + piece.repeat(65_536 / piece.length)).slice(0, 65_536))
      expect(check).toBeTruthy()
    }
  })

  test('longer than that is refused', () => expect(checked('x'.repeat(65_537))).toMatchObject({ ok: false }))
})
