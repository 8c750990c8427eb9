import { Menu } from '@base-ui/react/menu'
import type { Pipeline } from '@parley/protocol/model'
import { useNavigate } from '@tanstack/react-router'
import { ChevronDown } from 'lucide-react'
import { t } from '../../i18n/t.ts'
import { MenuButton } from '../../parts/MenuButton.tsx'
import { MenuRadio } from '../../parts/MenuItems.tsx'

interface Props {
  pipelines: readonly Pipeline[]
  current: Pipeline | undefined
}

/** Which pipeline: its name is the title of the scene. */
export function PipelineSwitch({ pipelines, current }: Props) {
  const navigate = useNavigate()
  if (current && pipelines.length < 2) return <bdi>{current.name}</bdi>
  return (
    <MenuButton
      trigger={
        <button
          type="button"
          aria-label={current ? t('pipeline.switch', { name: current.name }) : t('pipeline.pick')}
          className="-mx-1.5 flex h-8 min-w-0 max-w-full items-center gap-1.5 rounded-md px-1.5 hover:bg-hover data-[popup-open]:bg-hover pointer-coarse:h-10"
        >
          <bdi className="truncate">{current?.name ?? t('pipeline.pick')}</bdi>
          <ChevronDown size={16} aria-hidden="true" className="shrink-0 text-ink-3" />
        </button>
      }
    >
      <Menu.RadioGroup
        value={current?.id ?? null}
        onValueChange={(id: number) =>
          void navigate({ to: '/pipeline/$pipelineId', params: { pipelineId: String(id) }, search: true } as never)
        }
      >
        {pipelines.map(({ id, name }) => (
          <MenuRadio key={id} value={id}>
            <bdi>{name}</bdi>
          </MenuRadio>
        ))}
      </Menu.RadioGroup>
    </MenuButton>
  )
}
