/** What stands where something secret stood. */
const MASK = '***'

/** Headers that say who somebody is; `X-Signature` is none of them: it proves that somebody knows a secret, and does not tell it. */
const SECRET_HEADER =
  /^(authorization|proxy-authorization|cookie|set-cookie)$|secret|token|password|passwd|api[-_]?key/i
const SECRET_NAME = '[\\w-]*(?:secret|token|password|passwd|api[-_]?key)[\\w-]*'
const IN_JSON = new RegExp(`("${SECRET_NAME}"\\s*:\\s*)("(?:[^"\\\\]|\\\\.)*"?|-?\\d[\\d.eE+-]*)`, 'gi')
const IN_QUERY = new RegExp(`([?&]${SECRET_NAME}=)[^&#]+`, 'gi')

export interface Masker {
  text(text: string): string
  path(path: string): string
  headers(pairs: readonly [string, string][]): [string, string][]
  bytes(bytes: Buffer): Buffer
  /** Something was taken out. */
  readonly hasMasked: boolean
}

/**
 * Takes secrets out of a request before it is written down: what is named like one, and the channel's own wherever it stands.
 * A secret put where the signature belongs is a common mistake.
 */
export function createMasker(secrets: readonly string[]): Masker {
  const known = secrets.filter((secret) => secret !== '')
  let hasMasked = false
  function changed<Text extends string>(before: Text, after: Text): Text {
    if (after !== before) hasMasked = true
    return after
  }
  const own = (text: string) => known.reduce((masked, secret) => masked.replaceAll(secret, MASK), text)
  const text = (given: string) => changed(given, own(given).replace(IN_JSON, `$1"${MASK}"`))
  return {
    text,
    path: (path) => changed(path, own(path).replace(IN_QUERY, `$1${MASK}`)),
    headers: (pairs) =>
      pairs.map(([name, value]) => [name, changed(value, SECRET_HEADER.test(name) ? MASK : own(value))]),
    bytes: (bytes) => {
      const before = bytes.toString('latin1')
      const after = changed(before, own(before))
      return after === before ? bytes : Buffer.from(after, 'latin1')
    },
    get hasMasked() {
      return hasMasked
    },
  }
}
