import type { RunningServer, Sandbox } from '@parley/server'
import { type AdminClient, openAdminClient } from '../admin-client.ts'
import { signedRequest } from './signed-request.ts'

interface Person {
  id: number
  amojo_id: string
  name: string
  email: string
  password: string
  /** Bearer token of the app API. */
  token: string
}

/** What `serve --ephemeral --json` prints, on one line. */
export interface StartLine {
  url: string
  admin_token: string
  pid: number
  data_dir: string
  account: { id: number; name: string; subdomain: string; amojo_id: string }
  admin: Person
  manager: Person
  channel: { id: string; code: string; secret: string; bot_id: string; webhook_url: string }
  scope_id: string
}

interface User {
  id: number
  amojo_id: string
  email: string
}

/** Quick tests send more than fifty messages a second. */
const RATE_LIMIT = 10_000

/** Connects the sandbox's channel and makes tokens for its people: what a test would do first. */
export async function makeStartLine(
  { url, adminToken }: RunningServer,
  sandbox: Sandbox,
  { dataDir, webhookUrl }: { dataDir: string; webhookUrl: string },
): Promise<StartLine> {
  const server = openAdminClient({ url, adminToken }, {})
  const { account, channel } = sandbox
  await server.patch(`/channels/${channel.id}`, { webhook_url: webhookUrl, rate_limit: RATE_LIMIT })
  const { items: users } = await server.get<{ items: User[] }>(`/accounts/${account.id}/users`)
  const body = { account_id: account.amojoId, title: 'Harbor Chat', hook_api_version: 'v2' }
  const path = `/v2/origin/custom/${channel.id}/connect`
  const connected = await signedRequest<{ scope_id: string }>({ url, secret: channel.secret, path, body })
  const people = [sandbox.admin, sandbox.manager].map((person) => makePerson(server, sandbox, person, users))
  const [admin, manager] = (await Promise.all(people)) as [Person, Person]
  return {
    url,
    admin_token: adminToken,
    pid: process.pid,
    data_dir: dataDir,
    account: { id: account.id, name: account.name, subdomain: account.subdomain, amojo_id: account.amojoId },
    admin,
    manager,
    channel: {
      id: channel.id,
      code: channel.code,
      secret: channel.secret,
      bot_id: channel.botId,
      webhook_url: webhookUrl,
    },
    scope_id: connected.scope_id,
  }
}

async function makePerson(
  server: AdminClient,
  { account }: Sandbox,
  { name, email, password }: Sandbox['admin'],
  users: User[],
): Promise<Person> {
  const { id, amojo_id } = users.find((user) => user.email === email)!
  const { token } = await server.post<{ token: string }>('/tokens', { account_id: account.id, user_id: id })
  return { id, amojo_id, name, email, password, token }
}
