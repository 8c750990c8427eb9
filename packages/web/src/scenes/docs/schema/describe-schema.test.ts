import { describe, expect, test } from 'vitest'
import type { ApiDocument, Schema } from '../../../data/docs/openapi.ts'
import { limitsOf, partsOf, resolve, typeOf } from './describe-schema.ts'
import { examplesOf, makeExample } from './make-example.ts'

const document = {
  components: {
    schemas: {
      ChatId: { type: 'string', format: 'uuid' },
      Quote: { type: 'object', properties: { of: { $ref: '#/components/schemas/Message' } }, required: ['of'] },
      Message: {
        type: 'object',
        properties: {
          id: { $ref: '#/components/schemas/ChatId', description: 'Its own.' },
          quote: { $ref: '#/components/schemas/Quote' },
          size: { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER },
        },
        required: ['id'],
      },
    },
    responses: {},
  },
} as unknown as ApiDocument
const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` })

test.each<[Schema, string]>([
  [{ type: 'string' }, 'string'],
  [{ type: 'string', format: 'uuid' }, 'string (UUID)'],
  [ref('ChatId'), 'string (UUID) · ChatId'],
  [ref('Message'), 'Message'],
  [{ type: 'array', items: ref('Message') }, 'list of Message'],
  [{ anyOf: [ref('Message'), { type: 'null' }] }, 'Message or null'],
  [{ type: ['string', 'null'] }, 'string or null'],
  [{ const: 'new_message' }, '"new_message"'],
  [{ type: 'object', additionalProperties: { type: 'number' } }, 'object of number'],
  [{}, 'any'],
])('%j is said to be %s', (schema, said) => {
  expect(typeOf(schema, document)).toBe(said)
})

test.each<[Schema, string[]]>([
  [{ type: 'string', minLength: 1, maxLength: 255 }, ['1–255 characters']],
  [{ type: 'string', minLength: 0, maxLength: 40 }, ['at most 40 characters']],
  [{ type: 'string', pattern: '^[0-9a-f]{40}$' }, ['matches `^[0-9a-f]{40}$`']],
  [{ type: 'integer', minimum: 1, maximum: 100, default: 50 }, ['1–100', '`50` when absent']],
  [
    { type: 'integer', exclusiveMinimum: 0, minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER },
    ['more than 0'],
  ],
  [{ enum: ['v1', 'v2', 1] }, ['one of `v1`, `v2`, `1`']],
  [
    { type: 'array', maxItems: 3, items: { type: 'string', maxLength: 5 } },
    ['at most 3 items', 'each: at most 5 characters'],
  ],
])('of %j it says %j', (schema, said) => {
  expect(limitsOf(schema, document)).toEqual(said)
})

describe('what a schema is made of', () => {
  const names = (schema: Schema) =>
    partsOf(schema, document).map((part) => (part.kind === 'field' ? part.field.name : part.label))

  test('its fields, with those that must be there', () => {
    const parts = partsOf(ref('Message'), document)
    expect(parts.map((part) => part.kind === 'field' && [part.field.name, part.field.isRequired])).toEqual([
      ['id', true],
      ['quote', false],
      ['size', false],
    ])
  })

  test('of a list those of its elements, of what may be null those of the rest', () => {
    expect(names({ type: 'array', items: ref('Quote') })).toEqual(['of'])
    expect(names({ anyOf: [ref('Quote'), { type: 'null' }] })).toEqual(['of'])
    expect(names({ allOf: [ref('Quote'), { type: 'object', properties: { note: {} } }] })).toEqual(['of', 'note'])
    expect(names({ type: 'string' })).toEqual([])
  })

  test('alternatives by what tells them apart', () => {
    const edit = { type: 'object', properties: { event_type: { const: 'edit_message' } } }
    expect(names({ oneOf: [edit, ref('Message')] })).toEqual(['event_type: edit_message', 'Message'])
  })

  test('what stands beside a reference wins', () => {
    expect(resolve({ ...ref('ChatId'), description: 'Of the chat.' }, document)).toEqual({
      type: 'string',
      format: 'uuid',
      description: 'Of the chat.',
    })
  })
})

describe('an example', () => {
  test('is made of what must be there, and ends where a shape holds itself', () => {
    expect(makeExample(ref('Message'), document)).toEqual({ id: expect.stringMatching(/^018f/) })
    expect(JSON.stringify(makeExample(ref('Quote'), document))).toContain('"of"')
    expect(makeExample({ type: 'object', properties: { a: { type: 'boolean' } } }, document)).toEqual({ a: true })
    expect(makeExample({ enum: ['x', 'y'] }, document)).toBe('x')
    const names = { sentAt: { type: 'integer' }, phone: { type: ['string', 'null'] }, size: { type: 'integer' } }
    const made = makeExample({ type: 'object', properties: names }, document) as { sentAt: number }
    expect(made).toEqual({ sentAt: expect.any(Number), phone: '+46700000055', size: 1 })
    expect(new Date(made.sentAt).getUTCFullYear()).toBe(2026)
  })

  test('is the one that was written where there is one', () => {
    expect(examplesOf({ example: { a: 1 }, schema: { type: 'string' } }, document)).toEqual([
      { name: '', value: { a: 1 } },
    ])
    expect(examplesOf({ examples: { 'A-text': { summary: 'A text', value: 1 } } }, document)).toEqual([
      { name: 'A text', value: 1 },
    ])
  })
})
