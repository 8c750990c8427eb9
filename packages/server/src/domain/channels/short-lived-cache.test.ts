import { describe, expect, test } from 'vitest'
import { ShortLivedCache } from './short-lived-cache.ts'

const aCache = () => new ShortLivedCache<string>({ size: 10, lifetimeMs: 1000 })

/** Counts look-ups and answers each with its number. */
function aSource() {
  const source = { asked: 0, load: async () => `answer ${++source.asked}` }
  return source
}

describe('answers that may be a second old', () => {
  test('one look-up serves all who ask within it', async () => {
    const cache = aCache()
    const source = aSource()
    const answers = await Promise.all([1, 2, 3].map(() => cache.get('a', 0, source.load)))
    expect([...answers, await cache.get('a', 999, source.load)]).toEqual(Array(4).fill('answer 1'))
    expect(await cache.get('a', 1000, source.load)).toBe('answer 2')
    expect(await cache.get('a', 500, source.load), 'the clock was set back').toBe('answer 3')
  })

  test('what was not found is looked for again, and so is what failed', async () => {
    const cache = aCache()
    expect(await cache.get('a', 0, async () => undefined)).toBeUndefined()
    expect(await cache.get('a', 0, async () => 'there now')).toBe('there now')
    await expect(cache.get('b', 0, () => Promise.reject(new Error('down')))).rejects.toThrow('down')
    expect(await cache.get('b', 0, async () => 'up again')).toBe('up again')
  })

  test('a look-up that began before a change does not come back after it', async () => {
    const cache = aCache()
    let finish: (value: string) => void = () => undefined
    const old = cache.get('a', 0, () => new Promise((resolve) => (finish = resolve)))
    cache.forget('a')
    const fresh = cache.get('a', 0, async () => 'new')
    finish('old')
    expect([await old, await fresh, await cache.get('a', 0, async () => 'none')]).toEqual(['old', 'new', 'new'])
  })
})
