import { createHash, createHmac } from 'node:crypto'
import type { SignedPart } from '../model/index.ts'

/** How a signature came to be. The right one is known; the wrong ones are this one with something changed. Texts hold a byte per character. */
export interface Recipe {
  secret: string
  method: string
  contentMd5: string
  contentType: string
  date: string
  path: string
  body: string
  /** What is signed, in order. */
  order: readonly (SignedPart | 'body')[]
  joiner: string
  end: string
  textCase: 'as it is' | 'lower' | 'upper'
  mac: 'hmac' | 'swapped' | 'secret first' | 'secret last'
}

export type Algorithm = 'sha1' | 'sha256' | 'sha512' | 'md5'

export const SIGNED_PARTS = ['method', 'contentMd5', 'contentType', 'date', 'path'] as const satisfies SignedPart[]

export function signedText(recipe: Recipe): string {
  const text = recipe.order.map((part) => recipe[part]).join(recipe.joiner) + recipe.end
  if (recipe.textCase === 'as it is') return text
  return recipe.textCase === 'lower' ? text.toLowerCase() : text.toUpperCase()
}

export function macOf(recipe: Recipe, algorithm: Algorithm): Buffer {
  const text = signedText(recipe)
  const { secret, mac } = recipe
  if (mac === 'hmac') return hmac(secret, text, algorithm)
  if (mac === 'swapped') return hmac(text, secret, algorithm)
  const whole = mac === 'secret first' ? secret + text : text + secret
  return createHash(algorithm).update(whole, 'latin1').digest()
}

const hmac = (key: string, text: string, algorithm: Algorithm) =>
  createHmac(algorithm, Buffer.from(key, 'latin1')).update(text, 'latin1').digest()
