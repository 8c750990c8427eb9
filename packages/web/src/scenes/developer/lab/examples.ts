/** Requests of this channel to try the lab with. Nobody here knows the secret, so their signatures are nobody's. */
export interface ExampleIds {
  baseUrl: string
  scopeId: string
}

/** Known here, for a browser has no MD5. */
const BODY =
  '{"event_type":"new_message","payload":{"timestamp":1772532930,"msgid":"example-1","conversation_id":"example","sender":{"id":"client-1","name":"Nora Lind"},"message":{"type":"text","text":"Hello"}}}'
const DIGEST = 'f65e94ce0b3665f82d1137e540401a06'
const DIGEST_BASE64 = '9l6Uzgs2ZfgtETflQEAaBg=='
const NOBODYS = '0123456789abcdef0123456789abcdef01234567'

const dateOf = (now: Date) => now.toUTCString().replace('GMT', '+0000')

export const EXAMPLES = {
  curl: ({ baseUrl, scopeId }: ExampleIds, now: Date) =>
    `curl -X POST '${baseUrl}/v2/origin/custom/${scopeId}' \\
  -H 'Date: ${dateOf(now)}' \\
  -H 'Content-Type: application/json' \\
  -H 'Content-MD5: ${DIGEST}' \\
  -H 'X-Signature: ${NOBODYS}' \\
  --data-raw '${BODY}'`,
  digest: ({ baseUrl, scopeId }: ExampleIds, now: Date) =>
    `POST /v2/origin/custom/${scopeId} HTTP/1.1
Host: ${new URL(baseUrl).host}
Date: ${dateOf(now)}
Content-Type: application/json
Content-MD5: ${DIGEST_BASE64}
X-Signature: ${NOBODYS}

${BODY}`,
  old: ({ scopeId }: ExampleIds) =>
    `POST /v2/origin/custom/${scopeId}/chats HTTP/1.1
Content-Type: application/json
X-Signature: ${NOBODYS}

${BODY}`,
}
