/** How a request shows whom it is from. */
export const SECURITY_SCHEMES = {
  signature: {
    type: 'apiKey',
    in: 'header',
    name: 'X-Signature',
    description:
      'HMAC-SHA1 in lower-case hex, keyed with the secret of the channel as it is printed, over five lines joined by LF and without one at the end: the method in upper case, `Content-MD5`, `Content-Type`, `Date`, and the path as it stands in the request line, without the query. Every header exactly as it is sent.',
  },
  signatureOf2017: {
    type: 'apiKey',
    in: 'header',
    name: 'X-Signature',
    description:
      'HMAC-SHA1 in lower-case hex over the bytes of the body and nothing else; without `Date` and `Content-MD5`. Good for as long as the registration of the channel allows it (`legacy_signature`: `core`, or `all` for every operation with a body).',
  },
}

/** The headers that the signature covers. OpenAPI has `Content-Type` elsewhere: it is always `application/json`. */
export const SIGNED_PARTS = {
  Date: {
    name: 'Date',
    in: 'header',
    required: false,
    description:
      'When the request was signed, at most 15 minutes from now: `Tue, 03 Mar 2026 10:15:30 +0000`. Required, unless the signature is that of 2017.',
    schema: { type: 'string' },
    example: 'Tue, 03 Mar 2026 10:15:30 +0000',
  },
  ContentMd5: {
    name: 'Content-MD5',
    in: 'header',
    required: false,
    description:
      'The MD5 of the bytes of the body (of an empty one, too) as 32 hex digits. Required, unless the signature is that of 2017.',
    schema: { type: 'string', pattern: '^[0-9A-Fa-f]{32}$' },
    example: 'd41d8cd98f00b204e9800998ecf8427e',
  },
}

export const securityOf = (isOld) => [{ signature: [] }, ...(isOld ? [{ signatureOf2017: [] }] : [])]
