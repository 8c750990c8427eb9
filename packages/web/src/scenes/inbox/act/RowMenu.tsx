import { Menu } from '@base-ui/react/menu'
import type { Chat } from '@parley/protocol/model'
import { SquareCheck } from 'lucide-react'
import { togglePicked } from '../../../data/inbox/selection.ts'
import { t } from '../../../i18n/t.ts'
import { focusList } from '../../../parts/conversation/focus.ts'
import { MenuItem, MenuLine } from '../../../parts/MenuItems.tsx'
import { MENU } from '../../../parts/menu-classes.ts'
import { useChatCommands } from './chat-actions.ts'

interface Props {
  chat: Chat
  at: { x: number; y: number }
  listKey: string
  onClose: () => void
}

/** What can be done to a row, where it was pressed. */
export function RowMenu({ chat, at, listKey, onClose }: Props) {
  const commands = useChatCommands(chat)
  const anchor = { getBoundingClientRect: () => DOMRect.fromRect({ x: at.x, y: at.y, width: 0, height: 0 }) }
  return (
    <Menu.Root open onOpenChange={(open) => !open && onClose()}>
      <Menu.Portal container={document.getElementById('main')}>
        <Menu.Positioner anchor={anchor} side="bottom" align="start" collisionPadding={8} className="z-50">
          <Menu.Popup
            aria-label={t('inbox.actions')}
            className={MENU}
            finalFocus={() => {
              focusList()
              return false
            }}
          >
            <MenuItem
              icon={<SquareCheck size={16} aria-hidden="true" />}
              keys="x"
              onClick={() => togglePicked(listKey, chat.id)}
            >
              {t('act.select')}
            </MenuItem>
            <MenuLine />
            {commands.map(({ id, label, icon: Icon, keys, run }) => (
              <MenuItem
                key={id}
                icon={<Icon size={16} aria-hidden="true" />}
                {...(keys && { keys: keys.toLowerCase() })}
                onClick={run}
              >
                {label}
              </MenuItem>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}
