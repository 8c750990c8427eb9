import { stageColor } from '../../parts/hues.ts'

export function StageDot({ hue }: { hue: number }) {
  return <span className="size-2 shrink-0 rounded-full" style={{ background: stageColor(hue) }} />
}
