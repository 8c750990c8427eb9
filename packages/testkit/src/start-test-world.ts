import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RunningServer } from '@parley/server'
import { type Clock, type Deps, loadConfig, type PasswordCost, systemClock } from '@parley/server/internals'
import { type ChannelOptions, makeChannel, type TestChannel } from './a-channel.ts'
import { type AccountOptions, makeAccount, type TestAccount } from './an-account.ts'
import { createTestDatabase } from './create-test-database.ts'
import { HookReceiver } from './hook-receiver.ts'
import { newAgent } from './http-request.ts'
import { type AttemptRow, listAttempts, listMessages, type MessageRow } from './look-inside.ts'
import { NetworkLine } from './network-line.ts'
import type { RunningWorld } from './running-world.ts'
import { TestClock } from './test-clock.ts'

const natsUrl = process.env.PARLEY_TEST_NATS_URL ?? ''
/** Several worlds of one database hear each other's whispers. */
export const hasNats = natsUrl !== ''

export interface WorldOptions {
  /** `system`: real time, for what a browser or a real timer takes part in. Otherwise a `TestClock`, begun now or at the date given. */
  clock?: 'system' | Date
  /** More environment, as an operator would set it: `{PARLEY_PUBLIC_URL: 'https://…'}`. */
  env?: Record<string, string>
  overrides?: Partial<Deps>
}

/** A real server on a port and a database of its own. */
export interface TestWorld extends RunningWorld {
  /** Moves only when told to; in a world on real time, using it throws. */
  clock: TestClock
  dataDir: string
  /** What the server answers: `GET /api/app/v1/chats/:chatId`. */
  routeNames: readonly string[]
  databaseUrl: string
  /** A company with an admin and a manager. */
  anAccount(options?: AccountOptions): Promise<TestAccount>
  /** A registered channel, connected to its account unless told otherwise. */
  aChannel(options?: ChannelOptions): Promise<TestChannel>
  /** An endpoint that lives as long as the world. */
  aHookReceiver(): Promise<HookReceiver>
  /** A line to the server that can be cut; it lives as long as the world. */
  aNetworkLine(): Promise<NetworkLine>
  /** What is stored of a channel's messages, in order of arrival. */
  messagesOf(channel: TestChannel): Promise<MessageRow[]>
  /** Every try to deliver a channel's hooks, oldest first. */
  attemptsOf(channel: TestChannel): Promise<AttemptRow[]>
  /** Stops the server and begins it anew on the same database, data directory and port. */
  restart(): Promise<void>
  stop(): Promise<void>
}

const PASSWORD_COST = { memoryKiB: 64, passes: 1, lanes: 1 }

/** Starts the whole server, as an operator does, only on a database and a clock of the test's own. About 150 ms. */
export async function startTestWorld(options: WorldOptions = {}): Promise<TestWorld> {
  const clock: Clock = options.clock === 'system' ? systemClock : new TestClock(options.clock)
  const ground = await layGround(options, clock)
  // Whatever was laid is taken away again, also when the server does not start.
  let server = await ground.startServer('0').catch((error: unknown) => ground.clear().then(() => Promise.reject(error)))
  const { adminToken, dataDir, databaseUrl } = ground
  const agent = newAgent()
  const closers: (() => Promise<void>)[] = []

  const world: TestWorld = {
    get url() {
      return server.url
    },
    get deps() {
      return server.deps
    },
    get clock() {
      if (clock instanceof TestClock) return clock
      throw new Error('This world runs on real time.')
    },
    adminToken,
    get routeNames() {
      return server.routeNames
    },
    dataDir,
    databaseUrl,
    agent,
    now: () => clock.now(),
    anAccount: (given) => makeAccount(world, given),
    aChannel: (given) => makeChannel(world, given),
    async aHookReceiver() {
      const receiver = await HookReceiver.start()
      closers.push(() => receiver.stop())
      return receiver
    },
    async aNetworkLine() {
      const line = await NetworkLine.open(() => server.url)
      closers.push(() => line.close())
      return line
    },
    messagesOf: (channel) => listMessages(server.deps.db, channel.id),
    attemptsOf: (channel) => listAttempts(server.deps.db, channel.id),
    async restart() {
      const { port } = new URL(server.url)
      await server.stop()
      server = await ground.startServer(port)
    },
    async stop() {
      agent.destroy()
      await Promise.all(closers.map((close) => close()))
      await server.stop()
      await ground.clear()
    },
  }
  return world
}

/** A database, a data directory and a configuration, and how to start a server on them. */
async function layGround(options: WorldOptions, clock: Clock) {
  const database = await createTestDatabase()
  const dataDir = await mkdtemp(join(tmpdir(), 'parley-world-'))
  const adminToken = randomBytes(24).toString('hex')
  const env = {
    PARLEY_DATA_DIR: dataDir,
    PARLEY_DATABASE_URL: database.url,
    PARLEY_ADMIN_TOKEN: adminToken,
    PARLEY_SECRET_KEY: randomBytes(32).toString('hex'),
    PARLEY_ALLOW_PRIVATE_NETWORK: 'on',
    PARLEY_SANDBOX: 'off',
    PARLEY_LOG_LEVEL: process.env.PARLEY_TEST_LOG_LEVEL ?? 'silent',
    PARLEY_NATS_URL: natsUrl,
    ...options.env,
  }
  const overrides: Partial<Deps> & { passwordCost: PasswordCost } = {
    clock,
    passwordCost: PASSWORD_COST,
    ...options.overrides,
  }
  return {
    databaseUrl: database.url,
    dataDir,
    adminToken,
    async startServer(port: string): Promise<RunningServer> {
      // Only here: a unit test that wants a database should not load the whole server for it.
      const { startServer } = await import('@parley/server')
      return startServer(loadConfig({ ...env, PARLEY_PORT: port }), overrides)
    },
    async clear(): Promise<void> {
      await database.drop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
