import type { DraftKind } from '@parley/protocol/model'
import { mayAct } from '../../../data/board/rights.ts'
import type { HeldDetails } from '../../../data/lead/apply-to-details.ts'
import { useMe } from '../../../data/queries.ts'
import { setComposerKind } from '../../conversation/composer/composer-kind.ts'
import { focusComposer } from '../../conversation/focus.ts'
import type { Shortcut } from '../../shortcuts/find-shortcuts.ts'
import { useShortcuts } from '../../shortcuts/use-shortcuts.ts'
import { askAbout } from '../ask.ts'
import { useTaskAsk } from './task-ask.ts'

interface Where {
  isInLayer: boolean
  isFeedShown: boolean
  /** Where the halves take turns, the other one comes. */
  onHalf: (half: 'facts' | 'feed') => void
}

/** What can be done with a lead by one key. In a sheet they act while it has the keyboard: beside it they are the board's. */
export function useLeadKeys(lead: HeldDetails, { isInLayer, isFeedShown, onHalf }: Where): void {
  const me = useMe()
  const isHere = (event: KeyboardEvent | undefined) =>
    !isInLayer ||
    event === undefined ||
    (event.target instanceof Element && event.target.closest('[role=dialog]') !== null)
  const acting =
    (run: () => unknown): NonNullable<Shortcut['run']> =>
    (event) =>
      isHere(event) ? run() : false

  function write(kind: DraftKind) {
    onHalf('feed')
    const [chat] = lead.chats
    if (chat) setComposerKind(chat.id, kind)
    // The field may have to be drawn first.
    requestAnimationFrame(() => requestAnimationFrame(focusComposer))
  }
  function addTask() {
    if (me.rights.tasks.edit === 'none') return false
    onHalf('facts')
    useTaskAsk.setState({ leadId: lead.id })
  }
  function move() {
    if (lead.isIncoming || !mayAct(me, 'edit', lead)) return false
    askAbout({ kind: 'move', lead })
  }

  // On a page the reply has its keys by itself, as soon as it is shown.
  const isWriterMissing = isInLayer || !isFeedShown || lead.chats.length === 0
  const writing: readonly Shortcut[] = [
    { keys: 'r', label: 'card.keys.reply', group: 'lead', run: acting(() => write('reply')) },
    { keys: 'm', label: 'card.keys.note', group: 'lead', run: acting(() => write('note')) },
  ]
  useShortcuts(
    [
      { keys: 't', label: 'task.new', group: 'lead', run: acting(addTask) },
      { keys: 's', label: 'card.keys.move', group: 'lead', run: acting(move) },
      ...(isWriterMissing ? writing : []),
    ],
    { isInLayers: isInLayer },
  )
}
