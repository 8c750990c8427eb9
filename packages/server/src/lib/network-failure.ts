/** What kept a request from being answered, as a sentence a person can act on. */
export interface NetworkFailure {
  cause: 'timeout' | 'refused' | 'name' | 'tls' | 'lost' | 'other'
  reason: string
}

const KNOWN: Readonly<Record<string, NetworkFailure>> = {
  ECONNREFUSED: { cause: 'refused', reason: 'connection refused' },
  EHOSTUNREACH: { cause: 'refused', reason: 'host unreachable' },
  ENETUNREACH: { cause: 'refused', reason: 'network unreachable' },
  EADDRNOTAVAIL: { cause: 'refused', reason: 'network unreachable' },
  ETIMEDOUT: { cause: 'timeout', reason: 'no connection in time' },
  UND_ERR_CONNECT_TIMEOUT: { cause: 'timeout', reason: 'no connection in time' },
  ENOTFOUND: { cause: 'name', reason: 'name not found' },
  ENODATA: { cause: 'name', reason: 'name not found' },
  EAI_AGAIN: { cause: 'name', reason: 'the name server did not answer' },
  EAI_FAIL: { cause: 'name', reason: 'the name server failed' },
  ECONNRESET: { cause: 'lost', reason: 'connection closed without an answer' },
  EPIPE: { cause: 'lost', reason: 'connection closed without an answer' },
  UND_ERR_SOCKET: { cause: 'lost', reason: 'connection closed without an answer' },
  UND_ERR_HEADERS_OVERFLOW: { cause: 'other', reason: 'the headers of the answer are too large' },
  CERT_HAS_EXPIRED: { cause: 'tls', reason: 'certificate expired' },
  CERT_NOT_YET_VALID: { cause: 'tls', reason: 'certificate not valid yet' },
  CERT_REVOKED: { cause: 'tls', reason: 'certificate revoked' },
  DEPTH_ZERO_SELF_SIGNED_CERT: { cause: 'tls', reason: 'certificate is self-signed' },
  SELF_SIGNED_CERT_IN_CHAIN: { cause: 'tls', reason: 'certificate is signed by an unknown authority' },
  UNABLE_TO_GET_ISSUER_CERT: { cause: 'tls', reason: 'certificate is signed by an unknown authority' },
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: { cause: 'tls', reason: 'certificate is signed by an unknown authority' },
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: { cause: 'tls', reason: 'certificate comes without its chain' },
  ERR_TLS_CERT_ALTNAME_INVALID: { cause: 'tls', reason: 'certificate is for another name' },
  EPROTO: { cause: 'tls', reason: 'no TLS connection could be made' },
}

/** Reads the codes of Node, OpenSSL and undici; what it does not know keeps its code, never its text or the URL. */
export function describeNetworkError(error: unknown): NetworkFailure {
  const code = codeOf(error)
  const known = KNOWN[code]
  if (known) return known
  if (code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS'))
    return { cause: 'tls', reason: 'no TLS connection could be made' }
  if (code.startsWith('HPE_') || (error instanceof Error && error.name === 'HTTPParserError'))
    return { cause: 'other', reason: 'the answer was not HTTP' }
  return { cause: 'other', reason: code === '' ? 'the request failed' : `the request failed (${code})` }
}

/** Several addresses tried in vain come as an AggregateError: the first one tells. */
function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return ''
  if ('code' in error && typeof error.code === 'string') return error.code
  if (error instanceof AggregateError) return codeOf(error.errors[0])
  return 'cause' in error ? codeOf(error.cause) : ''
}

export function noAnswerWithin(timeoutMs: number): NetworkFailure {
  return { cause: 'timeout', reason: `no answer within ${Math.round(timeoutMs / 100) / 10} s` }
}
