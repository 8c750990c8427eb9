import { Menu } from '@base-ui/react/menu'
import type { Pipeline } from '@parley/protocol/model'
import { Check } from 'lucide-react'
import { MenuPopup } from '../../parts/MenuPopup.tsx'
import { MENU_ITEM } from '../../parts/menu-classes.ts'
import type { Layer } from '../../parts/use-layer.ts'
import { StageDot } from './StageDot.tsx'
import { listTargets, type Target } from './targets.ts'

interface Props {
  layer: Layer
  target: Target
  pipelines: readonly Pipeline[]
  onChoose: (target: Target) => void
}

export function TargetMenuPopup({ layer, target, pipelines, onChoose }: Props) {
  return (
    <MenuPopup layer={layer} align="start" className="max-h-80 max-w-72 min-w-(--anchor-width) overflow-y-auto">
      {pipelines.map((pipeline) => (
        <Menu.Group key={pipeline.id}>
          <Menu.GroupLabel dir="auto" className="px-2.5 pt-1.5 pb-1 text-2xs font-semibold text-ink-3">
            {pipeline.name}
          </Menu.GroupLabel>
          {listTargets(pipeline).map(({ stage }) => (
            <Menu.Item key={stage.id} className={MENU_ITEM} onClick={() => onChoose({ pipeline, stage })}>
              <StageDot hue={stage.hue} />
              <bdi className="min-w-0 flex-1 truncate">{stage.name}</bdi>
              {pipeline.id === target.pipeline.id && stage.id === target.stage.id && (
                <Check size={15} aria-hidden="true" className="text-accent-ink" />
              )}
            </Menu.Item>
          ))}
        </Menu.Group>
      ))}
    </MenuPopup>
  )
}
