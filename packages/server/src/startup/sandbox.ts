import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import type { AccountId } from '@parley/protocol/model'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Config } from '../config.ts'
import type { Db } from '../db/open-database.ts'
import { createAccount } from '../domain/accounts/create-account.ts'
import { createChannel } from '../domain/channels/create-channel.ts'
import type { Deps } from '../domain/deps.ts'
import { setOperator } from '../domain/moderation/operators.ts'
import { createUser } from '../domain/users/create-user.ts'
import { readPrivateFile, writePrivateFile } from './private-file.ts'

const person = z.object({ name: z.string(), email: z.string(), password: z.string() })
const madeSandbox = z.object({
  account: z.object({ id: z.number(), name: z.string(), subdomain: z.string(), amojoId: z.string() }),
  admin: person,
  manager: person,
  channel: z.object({
    id: z.string(),
    code: z.string(),
    secret: z.string(),
    botId: z.string(),
    webhookUrl: z.string(),
  }),
})

/** A company to try Parley with: its log-ins and a connected-to-be channel, as the start prints them. */
export type Sandbox = z.infer<typeof madeSandbox>

/** Any number that nothing else locks on in this database. */
const LOCK = 730_001

/**
 * On a database without accounts, makes the sandbox and keeps its log-ins in the data directory; later starts read them
 * from there. Two nodes that start at once make one sandbox, and the second knows no log-ins.
 */
export async function openSandbox(config: Config, deps: Deps): Promise<Sandbox | undefined> {
  const path = join(config.dataDir, 'sandbox.json')
  // A connection of its own holds the lock while the domain's functions work on others.
  return deps.db.connection().execute(async (locking) => {
    await sql`select pg_advisory_lock(${LOCK})`.execute(locking)
    try {
      const kept = await readSandbox(path, deps.db)
      if (kept || (await hasAccounts(deps.db))) return kept
      const made = await makeSandbox(deps)
      writePrivateFile(path, `${JSON.stringify(made, null, 2)}\n`)
      return made
    } finally {
      await sql`select pg_advisory_unlock(${LOCK})`.execute(locking)
    }
  })
}

/** Undefined, too, when the file tells of another database's sandbox. */
async function readSandbox(path: string, db: Db): Promise<Sandbox | undefined> {
  const text = readPrivateFile(path)
  if (text === undefined) return undefined
  const sandbox = madeSandbox.parse(JSON.parse(text))
  const { amojoId, id } = sandbox.account
  const account = await db
    .selectFrom('account')
    .select('amojo_id')
    .where('id', '=', id as AccountId)
    .executeTakeFirst()
  return account?.amojo_id === amojoId ? sandbox : undefined
}

async function hasAccounts(db: Db): Promise<boolean> {
  return (await db.selectFrom('account').select('id').limit(1).executeTakeFirst()) !== undefined
}

const COMPANY = { name: 'Harbor Bikes', subdomain: 'harbor-bikes' }
const CHANNEL = { name: 'Harbor Chat', code: 'harbor.chat', webhookUrl: 'http://127.0.0.1:7400/hooks/:scope_id' }

async function makeSandbox(deps: Deps): Promise<Sandbox> {
  const admin = { name: 'Ada Brandt', email: 'admin@harbor.example', password: makePassword() }
  const manager = { name: 'Mia Lindqvist', email: 'mia@harbor.example', password: makePassword() }
  const account = await createAccount(deps, {
    ...COMPANY,
    ownerEmail: admin.email,
    ownerName: admin.name,
    ownerPassword: admin.password,
  })
  // Whoever starts it first runs it.
  await setOperator(deps, { email: admin.email, accountId: account.id, isOperator: true })
  await createUser(deps, { accountId: account.id, role: 'manager', ...manager })
  const channel = await createChannel(deps, { ...CHANNEL, accountIds: [account.id], ownerAccountId: account.id })
  return {
    account: { id: account.id, name: COMPANY.name, subdomain: account.subdomain, amojoId: account.amojoId },
    admin,
    manager,
    channel: {
      id: channel.id,
      code: channel.code,
      secret: channel.secret,
      botId: channel.bot.id,
      webhookUrl: CHANNEL.webhookUrl,
    },
  }
}

// Read off one screen and typed on another: no two of these look alike, and none is a vowel, so no words come out.
const LETTERS = 'bcdfghjkmnpqrstvwxz23456789'
const GROUPS = 3
const GROUP_LENGTH = 4

/** 57 bits of chance, in groups. */
function makePassword(): string {
  const group = () => Array.from({ length: GROUP_LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('')
  return Array.from({ length: GROUPS }, group).join('-')
}
