import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'

/** The parts of the browser's options that an authenticator looks at. */
interface CreationOptions {
  challenge: string
  rp: { id: string }
  user: { id: string }
}
interface RequestOptions {
  challenge: string
  rpId: string
}

const USER_PRESENT = 0x01
const USER_VERIFIED = 0x04
const HAS_CREDENTIAL = 0x40

/**
 * A passkey and the browser around it, in software: makes an ES256 key, attests it with `none` and signs challenges,
 * as WebAuthn Level 3 §6 and §7 describe the bytes. What a test wants to be wrong it sets before.
 */
export class SoftAuthenticator {
  readonly id = randomBytes(16)
  /** Where the page stands. */
  origin: string
  counter = 0
  /** The device made sure who holds it. */
  verifiesUser = true
  #key: KeyObject | undefined
  #userHandle = ''

  constructor(origin: string) {
    this.origin = origin
  }

  /** What `navigator.credentials.create` answers, as JSON. */
  create(options: object) {
    const { challenge, rp, user } = options as CreationOptions
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    this.#key = privateKey
    this.#userHandle = user.id
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
    const cose = cborMap([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, Buffer.from(x, 'base64url')],
      [-3, Buffer.from(y, 'base64url')],
    ])
    const length = Buffer.alloc(2)
    length.writeUInt16BE(this.id.length)
    const credential = Buffer.concat([Buffer.alloc(16), length, this.id, cose.cbor])
    const authData = Buffer.concat([this.#authData(rp.id, HAS_CREDENTIAL), credential])
    const attestation = cborMap([
      ['fmt', 'none'],
      ['attStmt', cborMap([])],
      ['authData', authData],
    ])
    return this.#credential({
      clientDataJSON: this.#clientData('webauthn.create', challenge).toString('base64url'),
      attestationObject: attestation.cbor.toString('base64url'),
      transports: ['internal'],
    })
  }

  /** What `navigator.credentials.get` answers, as JSON. */
  get(options: object) {
    const { challenge, rpId } = options as RequestOptions
    if (!this.#key) throw new Error('This authenticator holds no passkey yet.')
    this.counter += 1
    const authData = this.#authData(rpId, 0)
    const clientData = this.#clientData('webauthn.get', challenge)
    const signed = Buffer.concat([authData, createHash('sha256').update(clientData).digest()])
    return this.#credential({
      clientDataJSON: clientData.toString('base64url'),
      authenticatorData: authData.toString('base64url'),
      signature: sign('sha256', signed, this.#key).toString('base64url'),
      userHandle: this.#userHandle,
    })
  }

  #authData(rpId: string, more: number): Buffer {
    const flags = USER_PRESENT | (this.verifiesUser ? USER_VERIFIED : 0) | more
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(this.counter)
    return Buffer.concat([createHash('sha256').update(rpId).digest(), Buffer.from([flags]), counter])
  }

  #clientData(type: string, challenge: string): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge, origin: this.origin, crossOrigin: false }))
  }

  #credential<Response extends object>(response: Response) {
    const id = this.id.toString('base64url')
    return { id, rawId: id, type: 'public-key' as const, clientExtensionResults: {}, response }
  }
}

/** Already CBOR. */
interface Encoded {
  cbor: Buffer
}

type CborValue = number | string | Buffer | Encoded

/** Just as much CBOR (RFC 8949) as an attestation needs. */
function cborMap(entries: readonly (readonly [CborValue, CborValue])[]): Encoded {
  const body = entries.flatMap(([key, value]) => [toCbor(key), toCbor(value)])
  return { cbor: Buffer.concat([cborHead(5, entries.length), ...body]) }
}

function toCbor(value: CborValue): Buffer {
  if (typeof value === 'number') return value < 0 ? cborHead(1, -1 - value) : cborHead(0, value)
  if (typeof value === 'string') return Buffer.concat([cborHead(3, Buffer.byteLength(value)), Buffer.from(value)])
  if (Buffer.isBuffer(value)) return Buffer.concat([cborHead(2, value.length), value])
  return value.cbor
}

function cborHead(major: number, count: number): Buffer {
  if (count < 24) return Buffer.from([(major << 5) | count])
  if (count < 256) return Buffer.from([(major << 5) | 24, count])
  return Buffer.from([(major << 5) | 25, count >> 8, count & 255])
}
