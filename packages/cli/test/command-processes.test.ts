import { execFile, execFileSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SIGNATURE_MISTAKES, type SignatureCheck } from '@parley/protocol/model'
import {
  type AppClient,
  ageOneHour,
  aNewMessage,
  type RawRequest,
  signAgain,
  signHeaders,
  startTestWorld,
  type TestAccount,
  type TestWorld,
} from '@parley/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import texts from '../../web/src/i18n/en/lab.json' with { type: 'json' }

// The real command, built and run as its own process: what is piped into it, its output and its exit code.
const root = join(import.meta.dirname, '../../..')
const parley = join(root, 'packages/cli/bin/parley.mjs')

let world: TestWorld
let folder: string
beforeAll(async () => {
  execFileSync(process.execPath, [join(root, 'scripts/build.mjs'), 'server'], { stdio: 'inherit' })
  world = await startTestWorld()
  folder = await mkdtemp(join(tmpdir(), 'parley-command-'))
}, 120_000)
afterAll(async () => {
  await world?.stop()
  await rm(folder, { recursive: true, force: true })
})

interface Ran {
  exitCode: number
  stdout: string
  stderr: string
}

function run(
  words: readonly string[],
  { input = '', env = {} }: { input?: string; env?: Record<string, string> } = {},
) {
  return new Promise<Ran>((resolve) => {
    // biome-ignore lint/style/noProcessEnv: where programs are, the one thing the child gets from us
    const { PATH } = process.env
    const child = execFile(
      process.execPath,
      [parley, ...words],
      { cwd: folder, env: { PATH, ...env } },
      (error, stdout, stderr) => resolve({ exitCode: Number(error?.code ?? 0), stdout, stderr }),
    )
    child.stdin?.end(input)
  })
}

const SECRET = 'a3f1c9de5b7086421fedcba9876543210fedcba9'
const SCOPE = '7d8d1f1e-0000-4000-8000-000000000001_52e591f7-c98f-4255-8495-827210138c81'
const path = `/v2/origin/custom/${SCOPE}`

const signed = (secret = SECRET) => {
  const body = Buffer.from(JSON.stringify(aNewMessage()))
  return signHeaders({ method: 'POST', path, body }, secret, new Date())
}
const asHttp = ({ method, path: target, headers, body }: RawRequest) =>
  [
    `${method} ${target} HTTP/1.1`,
    'Host: parley.example',
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    '',
    body.toString(),
  ].join('\r\n')
const asCurl = ({ headers, path: target, body }: RawRequest) =>
  `curl -X POST 'https://parley.example${target}' ${Object.entries(headers)
    .map(([name, value]) => `-H '${name}: ${value}'`)
    .join(' ')} -d '${body}'`

const CHECK = ['channel', 'check-signature']
const env = { PARLEY_CHANNEL_SECRET: SECRET }

describe('parley channel check-signature', () => {
  test('a right one, piped in: says so, and is exit code 0', async () => {
    const { exitCode, stdout, stderr } = await run(CHECK, { input: asHttp(signed()), env })
    expect([exitCode, stderr]).toEqual([0, ''])
    expect(stdout).toContain(`${texts.lab.right}. ${texts.lab.rightBy.header}`)
    expect(stdout).toContain(path)
  })

  test.each<[string, () => RawRequest, keyof typeof texts.lab.mistakes]>([
    ['a secret with its line end', () => signed(`${SECRET}\n`), 'secret_whitespace'],
    ['the address signed whole', () => signedAs({ path: `https://parley.example${path}` }), 'url_signed'],
    ['an old date', () => ageOneHour(signed(), SECRET), 'date_too_old'],
    ['no signature', () => without(signed(), 'x-signature'), 'signature_missing'],
    ['somebody else’s secret', () => signed('0'.repeat(40)), 'secret_unknown'],
  ])('%s, from a file: is named, and exit code 1', async (_, make, kind) => {
    const file = join(folder, `${kind}.txt`)
    await writeFile(file, asCurl(make()))
    const { exitCode, stdout } = await run([...CHECK, file], { env })
    const { title } = texts.lab.mistakes[kind]
    expect([exitCode, stdout.split('\n')[0]]).toEqual([1, expect.stringContaining(`${title}. (`)])
    expect(stdout).toContain(`${texts.lab.refusal}: `)
    // Neither the secret nor a signature that would be taken: whoever is helped may be shown this.
    expect(stdout).not.toContain(SECRET)
    expect(stdout).not.toContain('{{')
  })

  test('--json prints what the lab’s API answers', async () => {
    const { exitCode, stdout } = await run([...CHECK, '-', '--json'], { input: asHttp(signed(`${SECRET} `)), env })
    expect(exitCode).toBe(1)
    const check = JSON.parse(stdout) as SignatureCheck
    expect(check).toMatchObject({
      isRight: false,
      scheme: 'header',
      mistakes: [{ kind: 'secret_whitespace', isCertain: true }],
      request: { form: 'http', method: 'POST', path },
      signature: { expected: null },
    })
  })

  test('a time that is given is the one it is held against', async () => {
    const old = signHeaders({ method: 'POST', path, body: Buffer.from('{}') }, SECRET, new Date('2026-03-03T10:15:30Z'))
    const there = await run([...CHECK, '--at', '2026-03-03T10:16:00Z'], { input: asHttp(old), env })
    expect([there.exitCode, there.stdout]).toEqual([0, expect.stringContaining(texts.lab.right)])
  })

  test.each([
    ['no secret', [], 'POST /x HTTP/1.1', {}, /^No secret: set PARLEY_CHANNEL_SECRET/],
    ['a file that is not there', ['nowhere.txt'], '', env, /^nowhere\.txt cannot be read: ENOENT/],
    ['nothing', [], '', env, /\w+/],
    ['a time that is none', ['--at', 'yesterday'], 'POST /x HTTP/1.1', env, /Write it like 2026-03-03T10:15:30Z/],
  ])('%s: says what to do', async (_, words, input, given, said) => {
    const { exitCode, stdout, stderr } = await run([...CHECK, ...words], { input, env: given })
    expect([exitCode, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(said)
    const json = await run([...CHECK, ...words, '--json'], { input, env: given })
    expect(JSON.parse(json.stdout)).toMatchObject({
      error: { code: 'invalid_request', message: expect.stringMatching(said) },
    })
  })

  test('has a sentence for every mistake', () => {
    expect(Object.keys(texts.lab.mistakes).sort()).toEqual([...SIGNATURE_MISTAKES].sort())
  })

  function signedAs(other: Partial<RawRequest>): RawRequest {
    const right = signed()
    const { headers } = signAgain({ ...right, ...other }, SECRET)
    return { ...right, headers }
  }

  function without(request: RawRequest, name: string): RawRequest {
    const { [name]: _, ...headers } = request.headers
    return { ...request, headers }
  }
})

describe('parley operator', () => {
  let account: TestAccount
  let user: AppClient
  let there: { env: Record<string, string> }
  beforeAll(async () => {
    account = await world.anAccount()
    user = await account.asManager()
    there = { env: { PARLEY_URL: world.url, PARLEY_ADMIN_TOKEN: world.adminToken } }
  })

  const mayDecide = async () => (await user.request('GET', '/installation/registrations')).status === 200

  test('add, list and remove: who is one may do what operators may, at once and no longer', async () => {
    const { email } = account.manager
    expect(await run(['operator', 'list'], there)).toMatchObject({
      exitCode: 0,
      stdout: 'There is none: parley operator add EMAIL makes one.\n',
    })
    expect(await mayDecide()).toBe(false)
    const line = `Max Berg (${email}, account ${account.id})`
    expect(await run(['operator', 'add', email], there)).toMatchObject({
      exitCode: 0,
      stdout: `${line} is an operator now.\n`,
    })
    expect(await mayDecide()).toBe(true)
    const listed = await run(['operator', 'list', '--json'], there)
    const one = { id: account.manager.id, account_id: account.id, email, name: 'Max Berg' }
    expect(JSON.parse(listed.stdout)).toEqual({ items: [one] })
    const removed = await run(['operator', 'remove', email, '--json'], there)
    expect([removed.exitCode, JSON.parse(removed.stdout)]).toEqual([0, one])
    expect(await mayDecide()).toBe(false)
  })

  test('whom nobody knows, or two accounts have: says so', async () => {
    const unknown = await run(['operator', 'add', 'nobody@example.net', '--json'], there)
    expect([unknown.exitCode, JSON.parse(unknown.stdout)]).toMatchObject([1, { error: { code: 'not_found' } }])
    const [a, b] = [
      await world.anAccount({ managerEmail: 'two@example.net' }),
      await world.anAccount({ managerEmail: 'two@example.net' }),
    ]
    const either = await run(['operator', 'add', 'two@example.net'], there)
    expect([either.exitCode, either.stderr]).toEqual([
      1,
      expect.stringMatching(/--account|account_id|several|accounts/),
    ])
    const chosen = await run(['operator', 'add', 'two@example.net', '--account', String(b.id), '--json'], there)
    expect(JSON.parse(chosen.stdout)).toMatchObject({ account_id: b.id })
    expect(a.id).not.toBe(b.id)
  })

  test('without the admin token: refused', async () => {
    const refused = await run(['operator', 'list'], {
      env: { PARLEY_URL: world.url, PARLEY_ADMIN_TOKEN: 'x'.repeat(40) },
    })
    expect([refused.exitCode, refused.stdout]).toEqual([1, ''])
    expect(refused.stderr).not.toBe('')
  })
})
