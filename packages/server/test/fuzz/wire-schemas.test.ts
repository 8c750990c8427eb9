import * as wire from '@parley/protocol/wire'
import { type BodySchema, parseBody } from '@parley/protocol/wire'
import { fuzz } from '@parley/testkit'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { mutated, toJsonText } from './mutations.ts'
import { NO_IDS, strayBodies, validBodies } from './wire-bodies.ts'

const isBodySchema = (value: unknown): value is BodySchema<z.ZodType> =>
  typeof value === 'object' && value !== null && 'lenient' in value && 'strict' in value

/** Every body of the chats API, also those that are added later. */
const schemas = Object.entries(wire).flatMap(([name, value]) => (isBodySchema(value) ? [[name, value] as const] : []))

const valid = validBodies(NO_IDS)
const bodies = fc.oneof(
  { weight: 1, arbitrary: strayBodies },
  {
    weight: 4,
    arbitrary: mutated(fc.oneof(...Object.values(valid))).map(toJsonText),
  },
)

test('there are schemas to try', () => expect(schemas.length).toBeGreaterThanOrEqual(4))

describe.each(schemas)('%s', (_, schema) => {
  test('reads any body, or refuses it by path and reason', () => {
    fc.assert(
      fc.property(bodies, fc.constantFrom('lenient', 'strict'), (body, mood) => {
        const parsed = parseBody(schema[mood], Buffer.from(body))
        if (!parsed.ok) expect(parsed.description).toMatch(/^\S.*: ./s)
      }),
      fuzz(250),
    )
  })

  test('what it reads is read the same again, and lenient mode takes what strict mode takes', () => {
    fc.assert(
      fc.property(bodies, (body) => {
        // What is not looked at may nest deeper than this test could compare.
        fc.pre(!/(\{"a":|\[){500}/.test(body.toString()))
        const parsed = parseBody(schema.lenient, Buffer.from(body))
        const strictly = parseBody(schema.strict, Buffer.from(body))
        if (strictly.ok) expect(parsed).toEqual(strictly)
        if (!parsed.ok) return
        const written = JSON.stringify(parsed.data)
        const again = parseBody(schema.lenient, Buffer.from(written))
        expect(again.ok ? JSON.stringify(again.data) : again.description).toBe(written)
      }),
      fuzz(250),
    )
  })
})

describe('valid bodies', () => {
  const of: [string, BodySchema<z.ZodType>, fc.Arbitrary<unknown>][] = [
    ['connect', wire.connectRequest, valid.connect],
    ['disconnect', wire.disconnectRequest, valid.disconnect],
    ['a message', wire.chatEvent, valid.message],
    ['delivery status', wire.deliveryStatusRequest, valid.deliveryStatus],
  ]
  test.each(of)('of %s are read', (_, schema, arbitrary) => {
    fc.assert(
      fc.property(arbitrary, (document) => {
        expect(parseBody(schema.lenient, Buffer.from(JSON.stringify(document)))).toMatchObject({ ok: true })
      }),
      fuzz(300),
    )
  })
})
