import { expect, test } from 'vitest'
import { withMoved } from './use-pipeline-changes.ts'

test('what moves lies among those that may move; the others keep their places', () => {
  const stages = ['incoming', 'a', 'b', 'c', 'won']
  const isFree = (stage: string) => stage.length === 1
  expect(withMoved(stages, 'c', 0, isFree)).toEqual(['incoming', 'c', 'a', 'b', 'won'])
  expect(withMoved(stages, 'a', 2, isFree)).toEqual(['incoming', 'b', 'c', 'a', 'won'])
  expect(withMoved(stages, 'b', 9, isFree)).toEqual(['incoming', 'a', 'c', 'b', 'won'])
})
