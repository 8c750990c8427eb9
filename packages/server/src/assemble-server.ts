import { join } from 'node:path'
import { uuidv7 } from 'uuidv7'
import type { Config } from './config.ts'
import { releaseLeases } from './domain/deliveries/claim-lanes.ts'
import type { Deps } from './domain/deps.ts'
import { createIngest } from './domain/ingest/ingest.ts'
import { releaseFetches } from './domain/media/claim-fetches.ts'
import { createLogInLimiter } from './domain/users/log-in-limiter.ts'
import type { Nudges } from './events/nudges.ts'
import { createApp } from './http/create-app.ts'
import { createIntegrationCalls } from './jobs/call-integrations.ts'
import type { DeliveryJob } from './jobs/deliver-hooks.ts'
import { type MediaJob, startMediaJob } from './jobs/fetch-media.ts'
import { createTypingSender } from './jobs/send-typing.ts'
import { systemClock } from './lib/clock.ts'
import { createDownloader } from './lib/download.ts'
import { createGuardedFetch } from './lib/guarded-fetch.ts'
import { MovableClock } from './lib/movable-clock.ts'
import { createPictureReader } from './lib/read-picture.ts'
import { createSecretBox } from './lib/secret-box.ts'
import { openTemporaryFiles, type TemporaryFiles } from './lib/temporary-files.ts'
import { createTokenSigner } from './lib/token-signer.ts'
import { EventStreams } from './realtime/event-streams.ts'
import { PresenceBoard } from './realtime/presence-board.ts'
import { getAdminToken } from './startup/admin-token.ts'
import type { Closing } from './startup/closing.ts'
import { openHookWays } from './startup/hook-ways.ts'
import { closeApp, listen } from './startup/listen.ts'
import type { Engine } from './startup/open-engine.ts'
import { openMailer } from './startup/open-mailer.ts'
import { openNudges } from './startup/open-nudges.ts'
import { openStorage } from './startup/open-storage.ts'
import { openSandbox, type Sandbox } from './startup/sandbox.ts'
import { getSecretKey } from './startup/secret-key.ts'
import { getSigningKeys } from './startup/signing-keys.ts'
import { startDeliveries } from './startup/start-deliveries.ts'
import { startErasures } from './startup/start-erasures.ts'
import { startFollowers } from './startup/start-followers.ts'
import { startInbox } from './startup/start-inbox.ts'
import { startNotices } from './startup/start-notices.ts'
import { startPushes } from './startup/start-pushes.ts'
import { startRequestLog } from './startup/start-request-log.ts'

export interface RunningServer {
  /** `http://host:port`, as bound. */
  url: string
  deps: Deps
  adminToken: string
  /** What the start prints; undefined when there is none, or its log-ins are another node's. */
  sandbox: Sandbox | undefined
  /** `GET /api/app/v1/chats/:chatId`, of everything that is answered. */
  routeNames: readonly string[]
  /** Resolves when the embedded database has ended: there is nothing to go on with. */
  ended: Promise<void>
  /** Takes no more requests, finishes those in hand, stops the jobs, closes the database. Safe to call twice. */
  stop(): Promise<void>
}

export type Overrides = Partial<Deps> & Pick<Deps, 'log'>

/** All that stands on the database. What is opened first is closed last. */
export async function assembleServer(
  config: Config,
  { engine, overrides, closing }: { engine: Engine; overrides: Overrides; closing: Closing },
): Promise<RunningServer> {
  const adminToken = getAdminToken(config)
  const nudges = await openNudges(config, overrides.log, closing)
  const job: { current?: DeliveryJob } = {}
  const media: { current?: MediaJob } = {}
  const bound = { url: '' }
  const deps = await buildDeps(config, overrides, {
    engine,
    nudges,
    nudgeDeliveries: () => job.current?.nudge(),
    nudgeMedia: () => media.current?.nudge(),
    closing,
    publicUrl: () => config.publicUrl ?? bound.url,
  })

  if (engine.isEmbedded) await Promise.all([releaseLeases(deps), releaseFetches(deps)])
  job.current = startDeliveries(config, deps, closing)
  media.current = startMedia(config, deps, closing)
  startFollowers(deps, nudges, closing)
  startNotices(deps, closing)
  startErasures(deps, closing)
  const inbox = startInbox(deps, closing)
  const pushes = await startPushes(config, deps, nudges, closing)
  const ingest = createIngest(deps)
  closing.add('ingest', () => ingest.settled())
  const requestLog = startRequestLog(deps, closing)
  const presence = new PresenceBoard(deps)
  const streams = new EventStreams({ ...deps, nudges, presence })
  const people = { streams, presence, logInLimiter: createLogInLimiter(deps.clock), ...policyOf(config) }
  const inPassing = openInPassing(config, deps, closing)
  const options = { ...appOptions(config, deps), adminToken, isStopping: () => closing.hasBegun }
  const [app, sandbox] = await Promise.all([
    createApp({ ...deps, ...people, ...inbox, ...pushes, ...inPassing, ingest, requestLog }, options),
    config.sandbox ? openSandbox(config, deps) : undefined, // waits for the database and for passwords
  ])
  closing.add('http', () => closeApp(app))
  closing.add('streams', async () => streams.stop())
  const url = await listen(app, config)
  bound.url = url
  const { routeNames } = app
  return { url, deps, adminToken, sandbox, routeNames, ended: engine.ended, stop: () => closing.run() }
}

function appOptions({ rateLimit, signatureWindowMs, trustedProxies, ephemeral }: Config, { clock }: Deps) {
  const isMovable = ephemeral !== undefined && clock instanceof MovableClock
  return {
    rateLimit,
    signatureWindowMs,
    trustedProxies,
    ephemeral: isMovable ? { ...ephemeral, clock } : undefined,
  }
}

interface Ground {
  engine: Engine
  nudges: Nudges
  nudgeDeliveries: () => void
  nudgeMedia: () => void
  publicUrl: () => string
  closing: Closing
}

async function buildDeps(
  config: Config,
  overrides: Overrides,
  { engine, nudges, nudgeDeliveries, nudgeMedia, publicUrl, closing }: Ground,
): Promise<Deps> {
  const clock = overrides.clock ?? (config.ephemeral ? new MovableClock() : systemClock)
  const secretBox = createSecretBox(await getSecretKey(config, engine.db, engine.isEmbedded))
  return {
    db: engine.db,
    hotPool: engine.hotPool,
    searchPool: engine.searchPool,
    clock,
    newId: uuidv7,
    random: Math.random,
    nudge: nudges.nudge,
    nudgeDeliveries,
    nudgeMedia,
    whisper: (accountId, whisper) => nudges.whisper(accountId, JSON.stringify(whisper)),
    publicUrl,
    mailer: await openMailer(config, { clock, log: overrides.log, closing }),
    storage: await openStorage(config, closing),
    temporaryFiles: openTemporary(config, closing),
    readPicture: createPictureReader(overrides.log),
    secretBox,
    tokenSigner: await createTokenSigner(await getSigningKeys(engine.db, secretBox)),
    ...overrides,
  }
}

/** Told once, on connections of their own: they must never wait for messages, nor messages for them. */
function openInPassing(config: Config, deps: Deps, closing: Closing) {
  const { allowPrivateNetwork } = config
  const outgoing = createGuardedFetch({ clock: deps.clock, allowPrivateNetwork, connectionsPerOrigin: 16 })
  closing.add('hooks in passing', outgoing.close)
  const sendHook = openHookWays(deps, outgoing, closing)
  return {
    sendHook,
    sendTyping: createTypingSender({ ...deps, send: sendHook }),
    ...createIntegrationCalls({ ...deps, send: outgoing.fetch }),
  }
}

function startMedia(config: Config, deps: Deps, closing: Closing): MediaJob {
  const { allowPrivateNetwork } = config
  const downloader = createDownloader({ clock: deps.clock, allowPrivateNetwork })
  closing.add('downloads', downloader.close)
  const job = startMediaJob({ ...deps, download: downloader.download })
  closing.add('media', job.stop)
  return job
}

function openTemporary(config: Config, closing: Closing): TemporaryFiles {
  const files = openTemporaryFiles(join(config.dataDir, 'tmp'))
  closing.add('temporary files', async () => files.close())
  return files
}

/** Who may come, and how the cookie travels: people who come by https never send it otherwise. */
const policyOf = ({ publicUrl, signUp, channels, allowPrivateNetwork }: Config) => ({
  areChannelsModerated: channels === 'moderated',
  allowPrivateNetwork,
  isSecure: publicUrl?.startsWith('https:') ?? false,
  canSignUp: signUp,
})
