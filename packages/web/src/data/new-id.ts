import type { MessageId } from '@parley/protocol/model'

/**
 * A new UUID v7: ids made later sort later.
 * Not `crypto.randomUUID`, which is missing where the page is served over plain http from another machine.
 */
export function newMessageId(nowMs: number = Date.now()): MessageId {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  new DataView(bytes.buffer).setBigUint64(
    0,
    (BigInt(nowMs) << 16n) | BigInt((((bytes[6]! & 0x0f) | 0x70) << 8) | bytes[7]!),
  )
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  const groups = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)]
  return groups.join('-') as MessageId
}
