import type { Lead, LeadCard, LeadId, Pipeline } from '@parley/protocol/model'
import { useQueryClient } from '@tanstack/react-query'
import type { BoardData } from '../../data/board/board-data.ts'
import { columnOf } from '../../data/board/board-data.ts'
import { usePipelines } from '../../data/queries.ts'
import { t } from '../../i18n/t.ts'
import { acceptInto, declineWithUndo, moveWithUndo } from '../../parts/lead/act-on-lead.ts'
import { askAbout } from '../../parts/lead/ask.ts'
import { useKeptTarget } from '../../parts/lead/target-kept.ts'
import type { Shortcut } from '../../parts/shortcuts/find-shortcuts.ts'
import { useShortcuts } from '../../parts/shortcuts/use-shortcuts.ts'
import type { Place } from './picked.ts'
import { planDrop } from './plan-drop.ts'
import type { ShownColumn } from './shown-columns.ts'
import type { BoardFocus } from './use-board-focus.ts'
import type { usePicked } from './use-picked.ts'

interface Options {
  pipeline: Pipeline
  data: BoardData
  columns: readonly ShownColumn[]
  focus: BoardFocus
  carrying: ReturnType<typeof usePicked>
  onSelect: (id: LeadId) => void
  hasSelection: boolean
  onClear: () => void
}

/** Walking over the board, acting on the card the keyboard is on, and carrying it: Space picks up and puts down. */
export function useBoardKeys(options: Options): void {
  const { columns, focus, carrying, onSelect, hasSelection, onClear } = options
  const client = useQueryClient()
  const pipelines = usePipelines(true)
  const [target] = useKeptTarget(pipelines.data?.items ?? [])
  const walk = useWalk(options)
  const carry = useCarry(options)

  /** Only on a card, and not while one is carried. Answering false leaves the key to others. */
  const onCard =
    (act: (card: LeadCard) => unknown, isFor: (lead: Lead) => boolean = () => true) =>
    () => {
      const found = findPlace(columns, focus.activeId)
      if (carrying.picked || !focus.isOnCard() || !found || !isFor(found.card.lead)) return false
      act(found.card)
      return true
    }
  const isIncoming = (lead: Lead) => lead.isIncoming
  const group = 'pipeline'
  const shortcuts: Shortcut[] = [
    { keys: ['ArrowDown', 'j'], label: 'pipeline.keys.down', group, run: () => walk(0, 1) },
    { keys: ['ArrowUp', 'k'], label: 'pipeline.keys.up', group, run: () => walk(0, -1) },
    { keys: 'ArrowRight', label: 'pipeline.keys.right', group, run: () => walk(1, 0) },
    { keys: 'ArrowLeft', label: 'pipeline.keys.left', group, run: () => walk(-1, 0) },
    { keys: 'Space', label: 'pipeline.keys.pick', group, run: carry.toggle },
    {
      keys: 'Escape',
      label: 'pipeline.keys.restore',
      group,
      run: () => {
        if (carry.restore()) return true
        onClear()
        return hasSelection
      },
    },
    { keys: 's', label: 'lead.moveTo', group, run: onCard(({ lead }) => askAbout({ kind: 'move', lead })) },
    {
      keys: 'a',
      label: 'lead.accept',
      group,
      run: onCard(({ lead }) => target && void acceptInto(client, lead, target), isIncoming),
    },
    {
      keys: 'd',
      label: 'lead.decline',
      group,
      run: onCard(({ lead }) => void declineWithUndo(client, lead), isIncoming),
    },
    { keys: 'l', label: 'lead.link', group, run: onCard(({ lead }) => askAbout({ kind: 'link', lead }), isIncoming) },
    { keys: 'x', label: 'pipeline.keys.select', group, run: onCard(({ lead }) => onSelect(lead.id), isIncoming) },
  ]
  useShortcuts(shortcuts)
}

/** Arrows walk from card to card; a carried one goes with them. */
function useWalk({ columns, focus, carrying }: Options) {
  return (sideways: number, down: number): boolean => {
    if (!focus.isHere()) return false
    const { picked } = carrying
    const here = findPlace(columns, focus.activeId)
    if (!here) return false
    if (picked) {
      const to = placeFrom(columns, picked.at, { sideways, down }, canEnter(picked.lead), 0)
      if (to) carrying.carry(to, columns)
      focus.go(picked.lead.id)
      return true
    }
    // The first press from elsewhere on the page comes to where the keyboard was.
    if (!focus.isOnCard()) {
      focus.go(here.card.lead.id)
      return true
    }
    const to = placeFrom(columns, here, { sideways, down }, ({ cards }) => cards.length > 0, 1)
    const card = to && columns.find(({ stage }) => stage.id === to.stageId)?.cards[to.index]
    if (card) focus.go(card.lead.id)
    return true
  }
}

/** Nobody becomes incoming again. */
const canEnter =
  (lead: Lead) =>
  ({ stage }: ShownColumn): boolean =>
    stage.kind !== 'incoming' || lead.isIncoming

function useCarry({ pipeline, data, columns, focus, carrying }: Options) {
  const client = useQueryClient()
  const { picked } = carrying

  function toggle(): boolean {
    if (!focus.isOnCard()) return false
    const here = findPlace(columns, focus.activeId)
    if (!picked) {
      if (here) carrying.pick(here.card.lead, { stageId: here.stageId, index: here.index })
      return here !== undefined
    }
    const stage = columns.find((column) => column.stage.id === picked.at.stageId)?.stage
    carrying.end(t('pipeline.dropped', { stage: stage?.name ?? '', place: picked.at.index + 1 }))
    const move = planDrop(pipeline, picked.lead, picked.at, columnOf(data, picked.at.stageId).cards)
    if (move) void moveWithUndo(client, picked.lead, move)
    focus.go(picked.lead.id)
    return true
  }

  function restore(): boolean {
    if (!picked) return false
    carrying.end(t('pipeline.restored', { title: picked.lead.title }))
    focus.go(picked.lead.id)
    return true
  }

  return { toggle, restore }
}

function findPlace(columns: readonly ShownColumn[], id: LeadId | undefined): (Place & { card: LeadCard }) | undefined {
  for (const { stage, cards } of columns) {
    const index = cards.findIndex(({ lead }) => lead.id === id)
    if (index !== -1) return { stageId: stage.id, index, card: cards[index]! }
  }
  return undefined
}

/** The place next to one, in the nearest column that may be entered. */
function placeFrom(
  columns: readonly ShownColumn[],
  from: Place,
  { sideways, down }: { sideways: number; down: number },
  mayEnter: (column: ShownColumn) => boolean,
  /** 1: the last place of a column is its last card; 0: it is under that. */
  fromEnd: 0 | 1,
): Place | undefined {
  const here = columns.findIndex(({ stage }) => stage.id === from.stageId)
  const column = columns[here]
  if (!column) return undefined
  if (down !== 0) {
    const index = from.index + down
    return index < 0 || index >= column.cards.length ? undefined : { stageId: from.stageId, index }
  }
  for (let at = here + sideways; at >= 0 && at < columns.length; at += sideways) {
    const next = columns[at]!
    if (mayEnter(next)) return { stageId: next.stage.id, index: Math.min(from.index, next.cards.length - fromEnd) }
  }
  return undefined
}
