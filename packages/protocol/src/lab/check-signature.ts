import type { ReadRequest, SignatureCheck, SignatureMistake, SignatureMistakeKind, SignedLine } from '../model/index.ts'
import {
  coversBodyOnly,
  createSigningKey,
  type LegacyCoverage,
  parseMailDate,
  SIGNATURE_WINDOW_MS,
  type SignedOperation,
  type SignedRequest,
  verifyRequest,
} from '../signing/index.ts'
import { md5 } from './body-forms.ts'
import { type Found, findDeviations } from './find-deviations.ts'
import { fromWire, headerOf, type PastedRequest } from './pasted-request.ts'
import { type GivenSignature, readGiven } from './read-given.ts'
import { macOf, type Recipe, SIGNED_PARTS, signedText } from './recipe.ts'
import { mistake, requestMistakes } from './request-mistakes.ts'
import type { KnownSecret } from './secrets.ts'

export interface CheckContext {
  /** The secret that is to be signed with. */
  secret: string
  /** What it was signed with by mistake, or may be yet. */
  otherSecrets: readonly KnownSecret[]
  legacy: LegacyCoverage
  /** Whom it belongs to, by what each id is: what is taken for the secret, and makes up the channel's paths. */
  ids: { channelId: string; scopeId: string; amojoId: string }
  /** Addresses of this server. */
  origins: readonly string[]
  /** When it came in. */
  at: Date
  now: Date
  windowMs?: number
}

/**
 * Says how a request is signed, what is wrong with that, and what the likeliest mistake is: each that people make is made, and the
 * one whose signature is the given one is named as certain.
 *
 * Holds no secret, and no signature that would be taken now: what comes out of it may be shown to people who are not to sign.
 */
export function checkSignature(pasted: PastedRequest, context: CheckContext): SignatureCheck {
  const request = toSigned(pasted)
  const recipe = rightRecipe(request, context.secret)
  const refusal = findRefusal(request, context)
  const given = readGiven(request.signature ?? '')
  const found = given && search(pasted, recipe, given, context)
  const isBodyOnly = found !== undefined && found.recipe.order.length === 1
  const isBodyKnown = !pasted.notes.some((note) => note === 'body_cut' || note === 'body_in_file')
  /** A digest cannot be held against a body that is not here. */
  const doubt = (one: SignatureMistake): SignatureMistake =>
    isBodyKnown || !OF_BODY.includes(one.kind) ? one : { ...one, isCertain: false }
  return {
    request: presentRequest(pasted),
    isRight: refusal === undefined,
    scheme: found ? (isBodyOnly ? 'body' : 'header') : null,
    secret: found ? secretOf(found, context) : null,
    mistakes: refusal === undefined ? [] : rank(request, given, found, context).map(doubt),
    lines: linesOf(recipe, found),
    signedText: found && !isPlain(found) ? shownText(found) : null,
    digest: { expected: md5(recipe.body), given: shown(request.contentMd5) },
    signature: { given: shown(request.signature), expected: expectedSignature(recipe, context) },
    refusal: refusal ?? null,
    checkedAt: context.at.getTime(),
  }
}

const OF_BODY: readonly SignatureMistakeKind[] = ['digest_other_body', 'digest_empty_body']

const shown = (header: string | undefined) => (header === undefined ? null : fromWire(header))

function toSigned(pasted: PastedRequest): SignedRequest {
  const queryAt = pasted.target.indexOf('?')
  return {
    method: pasted.method,
    path: queryAt < 0 ? pasted.target : pasted.target.slice(0, queryAt),
    contentMd5: headerOf(pasted, 'content-md5'),
    contentType: headerOf(pasted, 'content-type'),
    date: headerOf(pasted, 'date'),
    signature: headerOf(pasted, 'x-signature'),
    body: pasted.body,
  }
}

function rightRecipe(request: SignedRequest, secret: string): Recipe {
  return {
    secret,
    method: request.method,
    contentMd5: request.contentMd5 ?? '',
    contentType: request.contentType ?? '',
    date: request.date ?? '',
    path: request.path,
    body: Buffer.from(request.body).toString('latin1'),
    order: SIGNED_PARTS,
    joiner: '\n',
    end: '',
    textCase: 'as it is',
    mac: 'hmac',
  }
}

/** What the chats API says to it; undefined: it is taken. */
function findRefusal(request: SignedRequest, context: CheckContext): string | undefined {
  const { at: now, legacy, windowMs = SIGNATURE_WINDOW_MS } = context
  const policy = { now, legacy, windowMs, operation: operationOf(request.path) }
  const verdict = verifyRequest(request, createSigningKey(context.secret), policy)
  if (verdict.ok) return undefined
  const previous = context.otherSecrets.filter(({ role }) => role === 'previous')
  if (previous.some(({ text }) => verifyRequest(request, createSigningKey(text), policy).ok)) return undefined
  return fromWire(verdict.message)
}

/** What a path asks for, as far as signatures care. */
export function operationOf(path: string): SignedOperation {
  const [, version, origin, custom, id, ...rest] = path.split('/')
  if (version !== 'v2' || origin !== 'origin' || custom !== 'custom' || !id) return 'newer'
  if (rest.length === 0) return 'message'
  if (rest.length === 1 && rest[0] === 'connect') return 'connect'
  if (rest.length === 1 && rest[0] === 'disconnect') return 'disconnect'
  return rest.length === 2 && rest[1] === 'delivery_status' ? 'delivery_status' : 'newer'
}

function search(
  pasted: PastedRequest,
  recipe: Recipe,
  given: GivenSignature,
  context: CheckContext,
): Found | undefined {
  const { channelId, scopeId } = context.ids
  const [channel, scope] = [`/v2/origin/custom/${channelId}`, `/v2/origin/custom/${scopeId}`]
  const known = [channel, scope].flatMap((path) =>
    ['', '/connect', '/disconnect', '/chats', '/typing', '/react'].map((end) => path + end),
  )
  const origins = [...new Set([...(pasted.origin ? [pasted.origin] : []), ...context.origins])]
  const { otherSecrets, ids } = context
  return findDeviations(recipe, given, {
    otherSecrets,
    ids: { ...ids },
    target: pasted.target,
    origins,
    knownPaths: known,
  })
}

function secretOf({ recipe, deviations }: Found, { secret, otherSecrets }: CheckContext): SignatureCheck['secret'] {
  if (deviations.every(({ on }) => on !== 'secret')) return 'present'
  return otherSecrets.find(({ text }) => text === recipe.secret && text !== secret)?.role ?? null
}

/** Likeliest first: what makes the signature another one, then what is wrong beside it. */
function rank(
  request: SignedRequest,
  given: GivenSignature | undefined,
  found: Found | undefined,
  context: CheckContext,
): SignatureMistake[] {
  const beside = requestMistakes(request, context.at, context.windowMs ?? SIGNATURE_WINDOW_MS)
  const form = formMistakes(request, given, context)
  if (!found) {
    const unknown = given && form[0]?.kind !== 'secret_sent' ? [mistake('secret_unknown', { isCertain: false })] : []
    // A date that has run out explains a refusal, not a signature that nobody can make. The others may explain both.
    const mayExplain = beside.filter(({ kind }) => !kind.startsWith('date_too'))
    return unique([...form, ...mayExplain, ...unknown, ...beside])
  }
  const made = found.deviations.map(({ kind, value = null, seconds = null }) => mistake(kind, { value, seconds }))
  const isBodyOnly = found.recipe.order.length === 1
  const mayBeBodyOnly = coversBodyOnly({ legacy: context.legacy, operation: operationOf(request.path) }, request)
  const harmful = made.filter(({ kind }) => {
    if (kind === 'only_body_signed') return !mayBeBodyOnly
    return kind !== 'secret_previous' || secretOf(found, context) !== 'previous'
  })
  // Who signs the body alone need send neither digest nor date.
  return unique([...form, ...harmful, ...beside.filter(({ kind }) => !isBodyOnly || kind.startsWith('content_type'))])
}

/** What stands in a log where the secret stood. */
const MASK = '***'

function formMistakes(
  { signature }: SignedRequest,
  given: GivenSignature | undefined,
  { secret, otherSecrets }: CheckContext,
): SignatureMistake[] {
  if (signature === undefined || signature === '') return [mistake('signature_missing')]
  const secrets = [MASK, secret, ...otherSecrets.map(({ text }) => text)]
  if (secrets.includes(signature.trim())) return [mistake('secret_sent')]
  if (given === undefined) return [mistake('signature_malformed', { value: fromWire(signature.slice(0, 80)) })]
  return given.mistakes.map(({ kind, value }) => mistake(kind, { value }))
}

const unique = (mistakes: SignatureMistake[]) => [...new Map(mistakes.map((one) => [one.kind, one])).values()]

const isPlain = ({ recipe }: Found) =>
  recipe.order.length === SIGNED_PARTS.length &&
  recipe.order.every((part, at) => part === SIGNED_PARTS[at]) &&
  recipe.joiner === '\n' &&
  recipe.end === '' &&
  recipe.textCase === 'as it is'

function linesOf(recipe: Recipe, found: Found | undefined): SignedLine[] {
  const isByLines = found !== undefined && found.recipe.order.length > 1
  return SIGNED_PARTS.map((part) => ({
    part,
    expected: fromWire(recipe[part]),
    signed: isByLines && found.recipe.order.includes(part) ? fromWire(found.recipe[part]) : null,
  }))
}

const LONGEST_TEXT = 4096
const shownText = ({ recipe }: Found) => fromWire(signedText(recipe).slice(0, LONGEST_TEXT))

/**
 * The signature that would have been right, of requests whose date has run out: it opens nothing any more. Whoever may see this
 * may not sign for the channel, and a text without a date would be good for ever.
 */
function expectedSignature(recipe: Recipe, { now, windowMs = SIGNATURE_WINDOW_MS }: CheckContext): string | null {
  const sentAtMs = parseMailDate(recipe.date)
  if (sentAtMs === undefined || now.getTime() - sentAtMs <= windowMs) return null
  return macOf(recipe, 'sha1').toString('hex')
}

function presentRequest(pasted: PastedRequest): ReadRequest {
  const queryAt = pasted.target.indexOf('?')
  return {
    form: pasted.form,
    method: pasted.method,
    path: fromWire(queryAt < 0 ? pasted.target : pasted.target.slice(0, queryAt)),
    query: queryAt < 0 ? '' : fromWire(pasted.target.slice(queryAt)),
    headers: pasted.headers.map(({ name, value }) => ({ name, value: fromWire(value) })),
    body: pasted.body.toString('utf8'),
    bodyBytes: pasted.body.length,
    notes: pasted.notes,
  }
}
