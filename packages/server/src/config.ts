import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { z } from 'zod'
import { StartError } from './lib/start-error.ts'

/** What goes wrong with the next hooks at a throw-away server's emulated endpoint. */
export interface HookFault {
  kind: 'duplicate' | 'delay' | 'refuse' | 'drop'
  times: number
  status: number
  delay_ms: number
}

export interface Config {
  host: string
  /** 0: any free one. */
  port: number
  dataDir: string
  /** Absent: the embedded PostgreSQL in `dataDir`. */
  databaseUrl: string | undefined
  natsUrl: string | undefined
  /** How people and channels reach us; absent: what was bound. */
  publicUrl: string | undefined
  adminToken: string | undefined
  /** Seals channel secrets; absent: made once and kept. */
  secretKey: Buffer | undefined
  /** Hooks and media may go to private and loopback addresses. */
  allowPrivateNetwork: boolean
  /** A sample account and channel on the first start. */
  sandbox: boolean
  /** Chats API requests a second that one scope may make; twice as many in a burst. */
  rateLimit: number
  /** How far a chats API request's `Date` may be from our clock, either side. */
  signatureWindowMs: number
  /** Files go there instead of the data directory: `https://key:secret@host/bucket?region=…`. */
  s3Url: string | undefined
  /** `smtp://user:password@host:port`; absent: nobody gets mail. */
  smtpUrl: string | undefined
  mailFrom: string | undefined
  /** Strangers may make accounts. */
  signUp: boolean
  /** `moderated`: the operator looks at each channel that an account registers. */
  channels: 'open' | 'moderated'
  /** Proxies in front of us: only these are believed when they say whom they speak for. */
  trustedProxies: string[]
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'
  /** A throw-away server: quick and careless with its data, with a clock that can be moved. No variable makes one. */
  ephemeral?: {
    /** What its start printed. */
    facts: () => unknown
    /** Where a made database is kept for the next one, for this user alone. */
    cacheDir: string
    /** The emulated endpoint's side: what it took, and what goes wrong there next. */
    hooks: () => unknown
    setHookFault: (fault: HookFault | undefined) => void
  }
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/
const flag = z
  .enum(['1', '0', 'true', 'false', 'on', 'off', 'yes', 'no'], 'use on or off')
  .transform((word) => ['1', 'true', 'on', 'yes'].includes(word))
// An empty variable is an unset one: compose files and CI write them that way.
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional())

function isAddressOrRange(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/')
  const version = isIP(address)
  const mostBits = version === 4 ? 32 : 128
  return version !== 0 && rest.length === 0 && (bits === undefined || (/^\d+$/.test(bits) && Number(bits) <= mostBits))
}

const environment = z.object({
  PARLEY_HOST: optional(z.string()),
  PARLEY_PORT: optional(z.coerce.number('use a number from 0 to 65535').int().min(0).max(65_535)),
  PARLEY_DATA_DIR: optional(z.string()),
  PARLEY_DATABASE_URL: optional(
    z.url({ protocol: /^postgres(ql)?$/, error: 'use postgres://user:password@host:port/database' }),
  ),
  PARLEY_NATS_URL: optional(z.url({ protocol: /^(nats|tls|wss?)$/, error: 'use nats://host:port' })),
  PARLEY_PUBLIC_URL: optional(z.url({ protocol: /^https?$/, error: 'use http://host or https://host' })),
  PARLEY_ADMIN_TOKEN: optional(z.string().min(16, 'use at least 16 characters')),
  PARLEY_SECRET_KEY: optional(z.string().regex(/^[0-9a-f]{64}$/i, 'use 64 hex digits (openssl rand -hex 32)')),
  PARLEY_ALLOW_PRIVATE_NETWORK: optional(flag),
  PARLEY_SANDBOX: optional(flag),
  PARLEY_RATE_LIMIT: optional(z.coerce.number('use a number from 50').int().min(50, 'use a number from 50')),
  PARLEY_SIGNATURE_WINDOW: optional(
    z.coerce.number('use a number of seconds from 60').int().min(60, 'use a number of seconds from 60').max(86_400),
  ),
  PARLEY_S3_URL: optional(z.url({ protocol: /^https?$/, error: 'use https://key:secret@host/bucket' })),
  PARLEY_SMTP_URL: optional(z.url({ protocol: /^smtps?$/, error: 'use smtp://user:password@host:port' })),
  PARLEY_MAIL_FROM: optional(z.string().regex(/@/, 'use an e-mail address')),
  PARLEY_SIGN_UP: optional(flag),
  PARLEY_CHANNELS: optional(z.enum(['open', 'moderated'], 'use open or moderated')),
  PARLEY_TRUSTED_PROXIES: optional(
    z
      .string()
      .transform((list) => list.split(',').map((address) => address.trim()))
      .refine((list) => list.every(isAddressOrRange), 'use addresses or ranges, like 127.0.0.1,10.0.0.0/8'),
  ),
  PARLEY_LOG_LEVEL: optional(z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])),
})

/** Throws one error that names every bad variable. */
export function loadConfig(env: Record<string, string | undefined>): Config {
  const parsed = environment.safeParse(env)
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`)
    throw new StartError(`Bad configuration:\n${faults.join('\n')}`)
  }
  const given = parsed.data
  const host = given.PARLEY_HOST ?? '127.0.0.1'
  const isLoopback = LOOPBACK.test(host)
  return {
    host,
    port: given.PARLEY_PORT ?? 7300,
    dataDir: resolve(given.PARLEY_DATA_DIR ?? '.parley'),
    databaseUrl: given.PARLEY_DATABASE_URL,
    natsUrl: given.PARLEY_NATS_URL,
    publicUrl: given.PARLEY_PUBLIC_URL?.replace(/\/+$/, ''),
    adminToken: given.PARLEY_ADMIN_TOKEN,
    secretKey: given.PARLEY_SECRET_KEY === undefined ? undefined : Buffer.from(given.PARLEY_SECRET_KEY, 'hex'),
    allowPrivateNetwork: given.PARLEY_ALLOW_PRIVATE_NETWORK ?? isLoopback,
    sandbox: given.PARLEY_SANDBOX ?? isLoopback,
    rateLimit: given.PARLEY_RATE_LIMIT ?? 50,
    signatureWindowMs: (given.PARLEY_SIGNATURE_WINDOW ?? 900) * 1000,
    s3Url: given.PARLEY_S3_URL,
    smtpUrl: given.PARLEY_SMTP_URL,
    mailFrom: given.PARLEY_MAIL_FROM,
    signUp: given.PARLEY_SIGN_UP ?? isLoopback,
    channels: given.PARLEY_CHANNELS ?? (isLoopback ? 'open' : 'moderated'),
    trustedProxies: given.PARLEY_TRUSTED_PROXIES ?? [],
    logLevel: given.PARLEY_LOG_LEVEL ?? 'info',
  }
}
