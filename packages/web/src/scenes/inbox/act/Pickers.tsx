import type { ChatAction } from '@parley/protocol/model'
import { clearSelection } from '../../../data/inbox/selection.ts'
import { AssignDialog } from './AssignDialog.tsx'
import { closePicker, usePicker } from './pickers.ts'
import { SnoozeDialog } from './SnoozeDialog.tsx'
import { TagDialog } from './TagDialog.tsx'
import { useAct } from './use-act.ts'

/** Whatever is asked before something is done. */
export function Pickers() {
  const picker = usePicker((state) => state.picker)
  const act = useAct()
  if (!picker) return null
  const { kind, target, count, chat } = picker

  function run(...actions: ChatAction[]) {
    closePicker()
    // What was picked is done with; one open chat leaves the selection alone.
    if (chat === undefined) clearSelection()
    for (const action of actions) void act(action, target)
  }

  const props = { count, chat, onRun: run, onClose: closePicker }
  if (kind === 'assign') return <AssignDialog {...props} />
  return kind === 'snooze' ? <SnoozeDialog {...props} /> : <TagDialog {...props} />
}
