import type { Pipeline, PipelineId, StageId } from '@parley/protocol/model'
import { useState } from 'react'
import { findTarget, listTargets, type Target } from './targets.ts'

const KEY = 'parley.acceptInto'

interface Kept {
  pipelineId: PipelineId
  stageId: StageId
}

/** Where incoming leads were accepted into last, on this machine; else the first open stage of the main pipeline. */
export function useKeptTarget(
  pipelines: readonly Pipeline[],
): [target: Target | undefined, keep: (to: Target) => void] {
  const [kept, setKept] = useState(read)
  const all = pipelines.flatMap(listTargets)
  const target = all.find(({ pipeline, stage }) => pipeline.id === kept?.pipelineId && stage.id === kept.stageId)
  function keep({ pipeline, stage }: Target) {
    const next = { pipelineId: pipeline.id, stageId: stage.id }
    setKept(next)
    try {
      localStorage.setItem(KEY, JSON.stringify(next))
    } catch {
      // Without storage the choice lives as long as the page.
    }
  }
  return [target ?? findTarget(pipelines), keep]
}

function read(): Kept | undefined {
  try {
    const text = localStorage.getItem(KEY)
    return text === null ? undefined : (JSON.parse(text) as Kept)
  } catch {
    return undefined
  }
}
