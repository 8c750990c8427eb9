import { readPasted } from '@parley/protocol/lab'
import { bodyDigest } from '@parley/protocol/signing'
import { expect, test } from 'vitest'
import { EXAMPLES } from './examples.ts'

const ids = { baseUrl: 'https://crm.example.test', scopeId: 'channel_account' }
const NOW = new Date('2026-03-03T10:15:30Z')

test.each(Object.entries(EXAMPLES))('%s is a request of this channel, with the digest of its body', (_, make) => {
  const read = readPasted(make(ids, NOW), '/')
  if (!read.ok) throw new Error(read.message)
  const { target, headers, body, notes } = read.request
  expect(target).toMatch(/^\/v2\/origin\/custom\/channel_account/)
  expect(notes).toEqual([])
  expect(JSON.parse(body.toString())).toBeTruthy()
  const digest = headers.find(({ name }) => name === 'Content-MD5')?.value
  if (digest?.length === 32) expect(digest).toBe(bodyDigest(body))
  else if (digest !== undefined) expect(Buffer.from(digest, 'base64').toString('hex')).toBe(bodyDigest(body))
})
