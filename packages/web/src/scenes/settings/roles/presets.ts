import type { Reach, RightAct, Rights } from '@parley/protocol/model'

const acts = (view: Reach, edit: Reach, remove: Reach, exported: Reach): Record<RightAct, Reach> => ({
  view,
  edit,
  delete: remove,
  export: exported,
})
const everywhere = (one: Record<RightAct, Reach>) => ({ leads: one, contacts: one, tasks: one })

/** What a role may begin with. `usual` is what managers without a role may do. */
export const PRESETS = {
  usual: { ...everywhere(acts('all', 'all', 'own', 'none')), incoming: true, figures: 'own' },
  own: { ...everywhere(acts('own', 'own', 'none', 'none')), incoming: true, figures: 'own' },
  group: { ...everywhere(acts('group', 'group', 'own', 'none')), incoming: true, figures: 'group' },
  head: { ...everywhere(acts('all', 'all', 'all', 'all')), incoming: true, figures: 'all' },
  reader: { ...everywhere(acts('all', 'none', 'none', 'none')), incoming: true, figures: 'all' },
} as const satisfies Record<string, Rights>

export type Preset = keyof typeof PRESETS
export const PRESET_NAMES = Object.keys(PRESETS) as Preset[]

const REACHES: readonly Reach[] = ['none', 'own', 'group', 'all']

/** Nobody does more with things than he sees of them: what is beyond it comes along. */
export function withReach(rights: Rights, area: 'leads' | 'contacts' | 'tasks', act: RightAct, reach: Reach): Rights {
  const changed = { ...rights[area], [act]: reach }
  const rank = (one: Reach) => REACHES.indexOf(one)
  if (act === 'view') {
    for (const other of ['edit', 'delete', 'export'] as const)
      if (rank(changed[other]) > rank(reach)) changed[other] = reach
  } else if (rank(reach) > rank(changed.view)) changed.view = reach
  return { ...rights, [area]: changed }
}
