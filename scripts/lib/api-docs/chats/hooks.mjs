/** What is sent to channels. @param notes by name: `summary`, `description`, `schema`, `example` */
export function ofHooks(notes) {
  return Object.fromEntries(Object.entries(notes).map(([name, note]) => [name, { post: hookOf(name, note) }]))
}

const hookOf = (name, { summary, description, schema, example }) => ({
  operationId: name,
  summary,
  description,
  tags: ['Hooks'],
  security: [],
  parameters: HEADERS,
  requestBody: {
    required: true,
    content: { 'application/json': { schema: { $ref: `#/components/schemas/${schema}` }, example } },
  },
  responses: {
    '2XX': { description: 'Taken. The body of the answer is kept for the log and not looked at.' },
    default: {
      description:
        'Not taken, as is no answer within the time limit and a redirect: the hook is sent again, later and later, in order per chat. `Retry-After` is heeded up to twice our own delay.',
    },
  },
})

const header = (name, description, schema = { type: 'string' }) => ({
  name,
  in: 'header',
  required: true,
  description,
  schema,
})

const HEADERS = [
  header('X-Signature', 'HMAC-SHA1 in hex over the bytes of the body, keyed with the secret of the channel.', {
    type: 'string',
    pattern: '^[0-9a-f]{40}$',
  }),
  header('Content-MD5', 'The MD5 of the body in hex.', { type: 'string', pattern: '^[0-9a-f]{32}$' }),
  header('Date', 'When this attempt was made.'),
  header('X-Request-Id', 'The same on every attempt: what came before is to be dropped.', {
    type: 'string',
    format: 'uuid',
  }),
  header('X-Parley-Attempt', 'Which attempt this is, from 1.', { type: 'integer', minimum: 1 }),
]
