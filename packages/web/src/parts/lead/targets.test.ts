import type { Pipeline } from '@parley/protocol/model'
import { expect, test } from 'vitest'
import { findTarget } from './targets.ts'

const pipeline = (id: number, isMain: boolean, kinds: string[]) =>
  ({ id, isMain, stages: kinds.map((kind, index) => ({ id: id * 10 + index, kind })) }) as unknown as Pipeline

test('the main pipeline’s first open stage is where a lead goes', () => {
  const pipelines = [pipeline(1, false, ['incoming', 'open']), pipeline(2, true, ['incoming', 'open', 'open', 'won'])]
  expect(findTarget(pipelines)?.stage.id).toBe(21)
})

test('a main pipeline without open stages gives way to another', () => {
  expect(findTarget([pipeline(2, true, ['incoming', 'won']), pipeline(1, false, ['open'])])?.stage.id).toBe(10)
  expect(findTarget([])).toBeUndefined()
})
