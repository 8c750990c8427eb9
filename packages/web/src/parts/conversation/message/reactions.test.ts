import type { Me, Reaction } from '@parley/protocol/model'
import { expect, test } from 'vitest'
import { canReactWith, groupReactions, ownReaction, quickReactions, withOwnReaction } from './reactions.ts'

const me = { user: { amojoId: 'me', name: 'Marta' } } as Me
const by = (id: string, emoji: string, kind: 'client' | 'user' = 'client'): Reaction => ({
  emoji,
  author: { id, kind, name: id },
})

test('the same emoji is one chip, in the order it was first given', () => {
  expect(groupReactions([by('nora', '👍'), by('omar', '🎉'), by('me', '👍', 'user')], me)).toEqual([
    { emoji: '👍', isMine: true, names: ['nora'], count: 2 },
    { emoji: '🎉', isMine: false, names: ['omar'], count: 1 },
  ])
})

test('a client whose id is like mine is not me', () => {
  expect(ownReaction([by('me', '👍')], me)).toBeNull()
})

test('another reaction takes the place of the one before, and can be taken back', () => {
  const given = withOwnReaction([by('nora', '👍'), by('me', '🎉', 'user')], me, '❤️')
  expect(given.map(({ emoji }) => emoji)).toEqual(['👍', '❤️'])
  expect(ownReaction(given, me)).toBe('❤️')
  expect(withOwnReaction(given, me, null)).toEqual([by('nora', '👍')])
})

test('a channel offers what it takes, ours first, six at most', () => {
  expect(quickReactions('all')).toHaveLength(6)
  expect(quickReactions(['🔥', '👍'])).toEqual(['👍', '🔥'])
  expect(quickReactions(['a', 'b', 'c', 'd', 'e', 'f', 'g'])).toHaveLength(6)
  expect(quickReactions([])).toEqual([])
  expect([canReactWith('all', 'x'), canReactWith(['y'], 'x')]).toEqual([true, false])
})
