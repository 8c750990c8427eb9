import { expect, test } from 'vitest'
import { createTokenSigner, newSigningKey } from './token-signer.ts'

const NOW = new Date('2026-03-01T12:00:00Z')
const seconds = (at: Date) => Math.floor(at.getTime() / 1000)
const claims = { aud: 'a', sub: '1', iat: seconds(NOW), nbf: seconds(NOW), exp: seconds(NOW) + 60 }
const after = (ms: number) => new Date(NOW.getTime() + ms)

test('what was signed is read again, until it is too old', async () => {
  const signer = await createTokenSigner([await newSigningKey()])
  const token = await signer.sign(claims)
  expect(await signer.verify(token, NOW)).toMatchObject(claims)
  expect(await signer.verify(token, after(59_000))).toBeDefined()
  expect(await signer.verify(token, after(60_000))).toBeUndefined()
  expect(await signer.verify(token, after(-60_000))).toBeUndefined()
})

test('another key’s, a changed one, one without a signature: none of ours', async () => {
  const [mine, other] = [await newSigningKey(), await newSigningKey()]
  const signer = await createTokenSigner([mine])
  const foreign = await createTokenSigner([{ ...other, kid: mine.kid }])
  const token = await signer.sign(claims)
  const [head = '', body = '', signature = ''] = token.split('.')
  const forged = Buffer.from(JSON.stringify({ ...claims, sub: '2' })).toString('base64url')
  const bare = Buffer.from(JSON.stringify({ alg: 'none', kid: mine.kid })).toString('base64url')
  for (const one of [
    await foreign.sign(claims),
    `${head}.${forged}.${signature}`,
    `${bare}.${body}.`,
    `${bare}.${body}.${signature}`,
    `${head}.${body}`,
    'no token',
    '',
  ])
    expect(await signer.verify(one, NOW)).toBeUndefined()
})

test('a new key signs, and what the old one signed is still good', async () => {
  const [old, next] = [await newSigningKey(), await newSigningKey()]
  const token = await (await createTokenSigner([old])).sign(claims)
  const both = await createTokenSigner([next, old])
  expect(await both.verify(token, NOW)).toBeDefined()
  expect(await both.verify(await both.sign(claims), NOW)).toBeDefined()
  expect(await (await createTokenSigner([next])).verify(token, NOW)).toBeUndefined()
})
