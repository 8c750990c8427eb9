import { destination, pino } from 'pino'
import { uuidv7 } from 'uuidv7'
import type { Config } from './config.ts'
import { releaseLeases } from './domain/deliveries/claim-lanes.ts'
import type { Deps } from './domain/deps.ts'
import { createIngest } from './domain/ingest/ingest.ts'
import { createLogInLimiter } from './domain/users/log-in-limiter.ts'
import type { Nudges } from './events/nudges.ts'
import { createApp } from './http/create-app.ts'
import { type DeliveryJob, startDeliveryJob } from './jobs/deliver-hooks.ts'
import { systemClock } from './lib/clock.ts'
import { createGuardedFetch } from './lib/guarded-fetch.ts'
import { createSecretBox } from './lib/secret-box.ts'
import { EventStreams } from './realtime/event-streams.ts'
import { getAdminToken } from './startup/admin-token.ts'
import { Closing } from './startup/closing.ts'
import { closeApp, listen } from './startup/listen.ts'
import { type Engine, openEngine } from './startup/open-engine.ts'
import { openNudges } from './startup/open-nudges.ts'
import { openStorage } from './startup/open-storage.ts'
import { openSandbox, type Sandbox } from './startup/sandbox.ts'
import { getSecretKey } from './startup/secret-key.ts'

export interface RunningServer {
  /** `http://host:port`, as bound. */
  url: string
  deps: Deps
  adminToken: string
  /** What the start prints; undefined when there is none, or its log-ins are another node's. */
  sandbox: Sandbox | undefined
  /** Resolves when the embedded database has ended: there is nothing to go on with. */
  ended: Promise<void>
  /** Takes no more requests, finishes those in hand, stops the jobs, closes the database. Safe to call twice. */
  stop(): Promise<void>
}

/**
 * Builds the server from its config. Tests pass `overrides`; below this file nobody reads the environment.
 * @throws {StartError} one sentence for the operator; then nothing is left running
 */
export async function startServer(config: Config, overrides: Partial<Deps> = {}): Promise<RunningServer> {
  const log = overrides.log ?? pino({ level: config.logLevel }, destination({ fd: 2, sync: true }))
  const closing = new Closing(log)
  try {
    return await open(config, { ...overrides, log }, closing)
  } catch (error) {
    await closing.run()
    throw error
  }
}

type Overrides = Partial<Deps> & Pick<Deps, 'log'>

/** What is opened first is closed last. */
async function open(config: Config, overrides: Overrides, closing: Closing): Promise<RunningServer> {
  const engine = await openEngine(config, overrides.log)
  closing.add('database', engine.close)
  const adminToken = getAdminToken(config)
  const nudges = await openNudges(config, overrides.log, closing)
  const job: { current?: DeliveryJob } = {}
  const bound = { url: '' }
  const deps = await buildDeps(config, overrides, {
    engine,
    nudges,
    nudgeDeliveries: () => job.current?.nudge(),
    publicUrl: () => config.publicUrl ?? bound.url,
  })
  const sandbox = config.sandbox ? await openSandbox(config, deps) : undefined

  if (engine.isEmbedded) await releaseLeases(deps)
  job.current = startDeliveries(config, deps, closing)
  const ingest = createIngest(deps)
  closing.add('ingest', () => ingest.settled())
  const streams = new EventStreams({ ...deps, nudges })
  const people = { streams, logInLimiter: createLogInLimiter(deps.clock), isSecure: isSecure(config) }
  const app = await createApp({ ...deps, ...people, ingest }, { adminToken, isStopping: () => closing.hasBegun })
  closing.add('http', () => closeApp(app))
  closing.add('streams', async () => streams.stop())
  const url = await listen(app, config)
  bound.url = url
  return { url, deps, adminToken, sandbox, ended: engine.ended, stop: () => closing.run() }
}

interface Ground {
  engine: Engine
  nudges: Nudges
  nudgeDeliveries: () => void
  publicUrl: () => string
}

async function buildDeps(
  config: Config,
  overrides: Overrides,
  { engine, nudges, nudgeDeliveries, publicUrl }: Ground,
): Promise<Deps> {
  return {
    db: engine.db,
    hotPool: engine.hotPool,
    clock: systemClock,
    newId: uuidv7,
    random: Math.random,
    nudge: nudges.nudge,
    nudgeDeliveries,
    whisper: (accountId, frame) => nudges.whisper(accountId, JSON.stringify(frame)),
    publicUrl,
    storage: openStorage(config),
    secretBox: createSecretBox(await getSecretKey(config, engine.db, engine.isEmbedded)),
    ...overrides,
  }
}

function startDeliveries(config: Config, deps: Deps, closing: Closing): DeliveryJob {
  const { allowPrivateNetwork } = config
  const outgoing = createGuardedFetch({ clock: deps.clock, allowPrivateNetwork })
  closing.add('outgoing connections', outgoing.close)
  const job = startDeliveryJob({ ...deps, pool: deps.hotPool, send: outgoing.fetch })
  closing.add('deliveries', job.stop)
  return job
}

/** People come by https: then the session cookie does not travel otherwise. */
const isSecure = (config: Config) => config.publicUrl?.startsWith('https:') ?? false
