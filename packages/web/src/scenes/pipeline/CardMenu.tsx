import { Menu } from '@base-ui/react/menu'
import type { Lead, LeadId, Pipeline } from '@parley/protocol/model'
import { useQueryClient } from '@tanstack/react-query'
import { Check, CircleCheck, CircleX, Link2, MoveRight, SquareCheck, Trash2, X } from 'lucide-react'
import { mayAct } from '../../data/board/rights.ts'
import { useMe, usePipelines } from '../../data/queries.ts'
import { t } from '../../i18n/t.ts'
import { acceptInto, declineWithUndo, moveWithUndo, removeWithUndo, toMove } from '../../parts/lead/act-on-lead.ts'
import { askAbout } from '../../parts/lead/ask.ts'
import { useKeptTarget } from '../../parts/lead/target-kept.ts'
import { MenuItem, MenuLine } from '../../parts/MenuItems.tsx'
import { MENU } from '../../parts/menu-classes.ts'

interface Props {
  lead: Lead
  anchor: HTMLElement
  pipeline: Pipeline
  onSelect: (id: LeadId) => void
  onClose: () => void
}

/** All that can be done with a card; one menu for the whole board. */
export function CardMenu({ lead, anchor, pipeline, onSelect, onClose }: Props) {
  return (
    <Menu.Root open onOpenChange={(isOpen) => !isOpen && onClose()} modal={false}>
      <Menu.Portal container={document.getElementById('main')}>
        <Menu.Positioner anchor={anchor} align="end" sideOffset={4} collisionPadding={8} className="z-50">
          <Menu.Popup
            className={MENU}
            aria-label={t('pipeline.cardMenu', { title: lead.title })}
            finalFocus={{ current: anchor }}
          >
            {lead.isIncoming ? <IncomingItems lead={lead} onSelect={onSelect} /> : null}
            <MenuItem
              icon={<MoveRight size={16} aria-hidden="true" />}
              keys="s"
              onClick={() => askAbout({ kind: 'move', lead })}
            >
              {t('lead.moveTo')}
            </MenuItem>
            {!lead.isIncoming && <EndItems lead={lead} pipeline={pipeline} />}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}

function IncomingItems({ lead, onSelect }: Pick<Props, 'lead' | 'onSelect'>) {
  const client = useQueryClient()
  const pipelines = usePipelines(true)
  const [target] = useKeptTarget(pipelines.data?.items ?? [])
  return (
    <>
      <MenuItem
        icon={<Check size={16} aria-hidden="true" />}
        keys="a"
        isDisabled={!target}
        onClick={() => target && void acceptInto(client, lead, target)}
      >
        {target ? t('lead.acceptInto', { stage: target.stage.name }) : t('lead.accept')}
      </MenuItem>
      <MenuItem icon={<X size={16} aria-hidden="true" />} keys="d" onClick={() => void declineWithUndo(client, lead)}>
        {t('lead.decline')}
      </MenuItem>
      <MenuItem icon={<Link2 size={16} aria-hidden="true" />} keys="l" onClick={() => askAbout({ kind: 'link', lead })}>
        {t('lead.link')}
      </MenuItem>
      <MenuItem icon={<SquareCheck size={16} aria-hidden="true" />} keys="x" onClick={() => onSelect(lead.id)}>
        {t('pipeline.keys.select')}
      </MenuItem>
      <MenuLine />
    </>
  )
}

function EndItems({ lead, pipeline }: Pick<Props, 'lead' | 'pipeline'>) {
  const client = useQueryClient()
  const me = useMe()
  const ends = pipeline.stages.filter(({ id, kind }) => (kind === 'won' || kind === 'lost') && id !== lead.stage.id)
  return (
    <>
      {ends.map((stage) => (
        <MenuItem
          key={stage.id}
          icon={
            stage.kind === 'won' ? (
              <CircleCheck size={16} aria-hidden="true" className="text-ok" />
            ) : (
              <CircleX size={16} aria-hidden="true" className="text-bad" />
            )
          }
          onClick={() => void moveWithUndo(client, lead, toMove(pipeline, stage))}
        >
          <bdi>{stage.name}</bdi>
        </MenuItem>
      ))}
      {mayAct(me, 'delete', lead) && (
        <>
          <MenuLine />
          <MenuItem
            icon={<Trash2 size={16} aria-hidden="true" />}
            isDangerous
            onClick={() => void removeWithUndo(client, lead)}
          >
            {t('lead.remove')}
          </MenuItem>
        </>
      )}
    </>
  )
}
