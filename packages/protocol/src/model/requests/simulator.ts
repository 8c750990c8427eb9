import { z } from 'zod'
import { line } from './fields.ts'

/** What goes wrong on the way of a signed request, on purpose. */
export const REQUEST_FAULTS = ['duplicate', 'reorder', 'delay', 'wrong-signature', 'stale-date'] as const
export type RequestFault = (typeof REQUEST_FAULTS)[number]

const LONGEST_PATH = 2048
const LONGEST_BODY = 256 * 1024
const MOST_HEADERS = 20
const LONGEST_DELAY_SECONDS = 20

/** Made by us, of what they stand for; or about the connection, which is not the caller's. */
const OURS =
  /^(date|content-type|content-md5|x-signature|host|connection|content-length|transfer-encoding|te|trailer|upgrade|expect|cookie|authorization|forwarded|via|proxy-.*|x-forwarded-.*|x-real-ip)$/i

const headerName = z
  .string()
  .max(100)
  .regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/, 'is no name of a header')
  .refine((name) => !OURS.test(name), 'is set by the server: leave it out')
const headerValue = z
  .string()
  .max(1000, 'must not be longer than 1000 characters')
  .regex(/^[\x20-\x7e]*$/, 'must be printable ASCII without line ends')

const request = z.object({
  method: z.enum(['GET', 'POST', 'DELETE'], 'must be GET, POST or DELETE'),
  /** As it is signed: percent-encoded, without host and query. */
  path: z
    .string()
    .max(LONGEST_PATH, `must not be longer than ${LONGEST_PATH} characters`)
    .regex(/^\/[\x21-\x7e]*$/, 'must begin with / and be percent-encoded')
    .regex(/^[^?#\\]*$/, 'must hold no query: it goes into query'),
  /** Without `?`; no part of what is signed. */
  query: z
    .string()
    .max(1000, 'must not be longer than 1000 characters')
    .regex(/^[\x21-\x7e]*$/, 'must be percent-encoded')
    .regex(/^[^?#]*$/, 'must hold neither ? nor #')
    .default(''),
  /** Besides those of the signature. */
  headers: z
    .record(headerName, headerValue)
    .refine((headers) => Object.keys(headers).length <= MOST_HEADERS, `must not be more than ${MOST_HEADERS}`)
    .default({}),
  /** The text that is sent, to the byte. */
  body: z
    .string()
    .max(LONGEST_BODY, `must not be longer than ${LONGEST_BODY} characters`)
    .refine((text) => !/\p{Surrogate}/u.test(text), 'holds half of a surrogate pair')
    .default(''),
})

/** A request of the chats API that the server signs in a channel's place. */
export const signedRequest = request.extend({
  fault: z.enum(REQUEST_FAULTS, `must be one of ${REQUEST_FAULTS.join(', ')}`).optional(),
  /** With `delay`: so long it is on its way. */
  delaySeconds: z
    .int('must be a whole number')
    .min(1, 'must be at least 1')
    .max(LONGEST_DELAY_SECONDS, `must be at most ${LONGEST_DELAY_SECONDS}`)
    .default(3),
  /** With `reorder`: what was written after it and arrives before it. */
  overtakenBy: request.optional(),
})

export type SignedRequestInput = z.input<typeof signedRequest>
export type SignedRequestWish = z.output<typeof signedRequest>

const LONGEST_SLOW_SECONDS = 30

/** What the simulated endpoint does with a hook whose signature is right; a wrong one it always refuses. */
export const hookAnswer = z.discriminatedUnion(
  'kind',
  [
    z.object({ kind: z.literal('ok') }),
    z.object({
      kind: z.literal('status'),
      status: z.int('must be a status').min(300, 'must be from 300').max(599, 'must be at most 599'),
    }),
    z.object({
      kind: z.literal('slow'),
      seconds: z
        .int('must be a whole number')
        .min(1, 'must be at least 1')
        .max(LONGEST_SLOW_SECONDS, `must be at most ${LONGEST_SLOW_SECONDS}`),
    }),
    z.object({ kind: z.literal('hang') }),
    z.object({ kind: z.literal('reset') }),
    z.object({ kind: z.literal('garbage') }),
  ],
  { error: 'must be ok, status, slow, hang, reset or garbage' },
)
export type HookAnswer = z.output<typeof hookAnswer>

export const setSimulatorRequest = z.object({
  /** It takes the account's own hooks, for two hours from now. */
  isOn: z.boolean('must be true or false'),
  answer: hookAnswer.default({ kind: 'ok' }),
})
export type SetSimulatorRequest = z.output<typeof setSimulatorRequest>

/** Pictures this server has itself. */
export const SAMPLE_AVATARS = ['nora', 'omar', 'ines', 'liam'] as const

export const newSimulatedClient = z.object({
  name: line(100),
  phone: z
    .string()
    .trim()
    .regex(/^\+?[0-9 ()-]{5,30}$/, 'is not a phone number')
    .nullable()
    .default(null),
  avatar: z
    .enum(SAMPLE_AVATARS, `must be one of ${SAMPLE_AVATARS.join(', ')}`)
    .nullable()
    .default(null),
  /** The `externalId` of a source of the channel. */
  source: line(40).nullable().default(null),
})
export type NewSimulatedClient = z.output<typeof newSimulatedClient>

/** `signature`: one hook is sent that is signed wrongly. `repeat`: the last one is sent once more. */
export const probeRequest = z.object({ kind: z.enum(['signature', 'repeat'], 'must be signature or repeat') })
