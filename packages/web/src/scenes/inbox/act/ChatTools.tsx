import type { Chat } from '@parley/protocol/model'
import { Ellipsis } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { t } from '../../../i18n/t.ts'
import { IconButton } from '../../../parts/IconButton.tsx'
import { useLayer } from '../../../parts/use-layer.ts'
import { useChatCommands } from './chat-actions.ts'

const loadMenu = () => import('./ToolsMenu.tsx')
const ToolsMenu = lazy(() => loadMenu().then((module) => ({ default: module.ToolsMenu })))

/** What stands in the header by itself; the rest is in the menu. */
const SHOWN = ['close', 'snooze', 'assign']

/** What can be done to the open chat, in its header. */
export function ChatTools({ chat }: { chat: Chat }) {
  const commands = useChatCommands(chat)
  const [isOpen, setOpen] = useState(false)
  const { layer, button, isNeeded } = useLayer(isOpen, setOpen, loadMenu)
  return (
    <div className="flex shrink-0 items-center">
      {commands
        .filter(({ id }) => SHOWN.includes(id))
        .map(({ id, label, icon: Icon, keys, run }) => (
          <IconButton
            key={id}
            label={label}
            {...(keys && { keys })}
            onClick={run}
            className={id === 'close' ? '' : '@max-[560px]:hidden'}
          >
            <Icon />
          </IconButton>
        ))}
      <IconButton {...button} label={t('inbox.moreActions')} aria-haspopup="menu">
        <Ellipsis />
      </IconButton>
      {isNeeded && (
        <Suspense>
          <ToolsMenu layer={layer} commands={commands} />
        </Suspense>
      )}
    </div>
  )
}
