import { MenuItem } from '../../../parts/MenuItems.tsx'
import { MenuPopup } from '../../../parts/MenuPopup.tsx'
import type { Layer } from '../../../parts/use-layer.ts'
import type { ChatCommand } from './chat-actions.ts'

export function ToolsMenu({ layer, commands }: { layer: Layer; commands: readonly ChatCommand[] }) {
  return (
    <MenuPopup layer={layer}>
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
    </MenuPopup>
  )
}
