import { gzipSync } from 'node:zlib'
import { type AppClient, sendRaw, startTestWorld, TestIntegration, type TestWorld } from '@parley/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const APP_API = '/api/app/v1'

/** What anybody may read, without saying who he is: it tells nothing of an account. A new route is closed unless it stands here. */
const OPEN = [
  /^GET \/(healthz|readyz|metrics)$/,
  /^GET \/(docs(\/.*)?|api\/(\w+\/)?openapi\.json)$/,
  // The screens, and the files of their build.
  /^GET \/(\*|[\w-]+(\.\w+)+|(assets|icons|emoji|sounds|fonts|guides|samples)\/.+)?$/,
]

let world: TestWorld
let identities: Record<string, Record<string, string>>

beforeAll(async () => {
  world = await startTestWorld()
  const admin = await (await world.anAccount()).asAdmin()
  const ended = await (await world.anAccount()).admin.logIn()
  await ended.delete('/session')
  const files = await TestIntegration.register(world, admin, { scopes: ['files'] })
  const lacking = await files.install(admin)
  const program = await TestIntegration.register(world, admin)
  const revoked = await program.install(admin)
  await program.revoke(revoked.refresh)
  identities = {
    nobody: {},
    'an ended session': { cookie: ended.cookie },
    'a wrong operator token': { authorization: `Bearer ${'x'.repeat(40)}` },
    'a token that is nobody’s': { authorization: `Bearer prl_1.${'A'.repeat(43)}` },
    'a revoked token of an integration': { authorization: `Bearer ${revoked.access}` },
    'a token of an integration without the scope': { authorization: `Bearer ${lacking.access}` },
  }
})
afterAll(() => world.stop())

const isOpen = (name: string) => OPEN.some((one) => one.test(name))
const closed = () =>
  world.routeNames.filter((name) => !name.includes(` ${APP_API}/`) && !/^(HEAD|OPTIONS) /.test(name) && !isOpen(name))

async function ask(name: string, headers: Record<string, string>, body = '{}'): Promise<Response> {
  const [method = '', pattern = ''] = name.split(' ')
  const path = pattern.replaceAll(/:(\w+)/g, '31000001').replace('*', 'x')
  const hasBody = method !== 'GET' && method !== 'DELETE'
  const type: Record<string, string> = hasBody ? { 'content-type': 'application/json' } : {}
  return sendRaw(world.url, { method, path, headers: { ...type, ...headers }, body: Buffer.from(hasBody ? body : '') })
}

test('every surface is among what is tried', () => {
  const names = closed().join('\n')
  for (const part of [
    '/api/admin/v1/',
    '/api/v4/',
    '/api/v2/',
    '/private/api/',
    '/oauth2/',
    '/v2/origin/custom/',
    '/files/',
  ])
    expect(names).toContain(part)
  // What changes something is open nowhere outside the app API.
  expect(world.routeNames.filter((name) => isOpen(name) && !/^(GET|HEAD|OPTIONS) /.test(name))).toEqual([])
})

test('no wrong identity opens any route outside the app API, nor trips it', async () => {
  const opened: string[] = []
  for (const name of closed())
    for (const [who, headers] of Object.entries(identities)) {
      const { status } = await ask(name, headers)
      if (status < 400 || status >= 500) opened.push(`${name} as ${who}: ${status}`)
    }
  expect(opened).toEqual([])
})

test('an admin’s own session opens nothing of the operator’s, of tokens, or of channels', async () => {
  const admin: AppClient = await (await world.anAccount()).asAdmin()
  const opened: string[] = []
  for (const name of closed().filter((one) => / \/(api\/admin|oauth2\/(access_token|revoke)|v2)\//.test(`${one}/`))) {
    const { status } = await ask(name, { cookie: admin.cookie })
    if (status < 400 || status >= 500) opened.push(`${name}: ${status}`)
  }
  expect(opened).toEqual([])
})

describe('a compressed body', () => {
  test('is unpacked nowhere: a small one that would become large is refused', async () => {
    const bomb = gzipSync(Buffer.alloc(20 * 1024 * 1024, 32))
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' }
    const paths = [`${APP_API}/session`, '/oauth2/access_token', '/private/api/auth.php', '/api/admin/v1/accounts']
    for (const path of paths) {
      const { status } = await sendRaw(world.url, { method: 'POST', path, headers, body: bomb })
      expect([400, 401, 413, 415], path).toContain(status)
    }
  })
})
