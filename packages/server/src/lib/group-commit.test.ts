import { describe, expect, test } from 'vitest'
import { GroupCommit } from './group-commit.ts'

function heldBack() {
  const batches: number[][] = []
  const gates: (() => void)[] = []
  const group = new GroupCommit<number, string>(async (items) => {
    batches.push([...items])
    await new Promise<void>((resolve) => gates.push(resolve))
    return items.map((item) => (item < 0 ? new Error(`refused ${item}`) : `stored ${item}`))
  }, 3)
  const release = async () => {
    while (gates.length === 0) await new Promise((resolve) => setImmediate(resolve))
    gates.shift()?.()
  }
  return { group, batches, release }
}

describe('group commit', () => {
  test('what arrives during a commit forms the next batch, in order and within the limit', async () => {
    const { group, batches, release } = heldBack()
    const first = group.add(1)
    await new Promise((resolve) => setImmediate(resolve))
    const rest = [2, 3, 4, 5].map((item) => group.add(item))
    expect(group.waiting).toBe(4)
    await release()
    await release()
    await release()
    expect(await Promise.all([first, ...rest])).toEqual(['stored 1', 'stored 2', 'stored 3', 'stored 4', 'stored 5'])
    expect(batches).toEqual([[1], [2, 3, 4], [5]])
  })

  test('a refused item leaves its neighbours alone', async () => {
    const { group, release } = heldBack()
    const answers = Promise.allSettled([1, -2, 3].map((item) => group.add(item)))
    await release()
    expect((await answers).map((answer) => answer.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  })

  test('a batch that throws refuses its items and the next one runs', async () => {
    let runs = 0
    const group = new GroupCommit<number, number>(async (items) => {
      runs += 1
      if (runs === 1) throw new Error('lost connection')
      return items
    }, 10)
    await expect(group.add(1)).rejects.toThrow('lost connection')
    await expect(group.add(2)).resolves.toBe(2)
    await group.settled()
  })
})
