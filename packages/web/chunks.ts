/** What the builder tells of a module. */
interface ModuleGraph {
  getModuleInfo(id: string): { importedIds: readonly string[] } | null
}

/** What the inbox with a conversation opens right after its start, one after the other. */
const CONVERSATION = [
  'parts/conversation/Thread.tsx',
  'parts/conversation/message/Actions.tsx',
  'parts/conversation/message/OtherKind.tsx',
  'shell/notice-services.ts',
  'data/offline/snapshot.ts',
]
/** What the inbox is written in comes as one file per language; other scenes' texts come with them. */
const START_TEXTS = /[\\/]i18n[\\/](\w+)[\\/](common|composer|inbox|lead|thread)\.json$/

/**
 * What is sent in one file. A request costs more than a kilobyte, so what every page begins with is one file, what a
 * conversation adds is another, and scraps that other scenes share are put together.
 *
 * @param folder where the source is, as the builder names modules
 */
export function chunkGroups(folder: string) {
  let ofConversation: Set<string> | undefined
  return [
    { name: (id: string) => `texts-${START_TEXTS.exec(id)?.[1]}`, test: START_TEXTS },
    { name: 'start', tags: ['$initial' as const] },
    {
      name: (id: string, graph: ModuleGraph) => {
        ofConversation ??= reachable(
          CONVERSATION.map((path) => `${folder}/${path}`),
          graph,
        )
        return ofConversation.has(id) ? 'conversation' : null
      },
    },
    { name: 'shared', minShareCount: 2, entriesAware: true, entriesAwareMergeThreshold: 15_000 },
  ]
}

/** What these modules need, and they themselves; what is imported when it is wanted is not among it. */
function reachable(roots: readonly string[], graph: ModuleGraph): Set<string> {
  const found = new Set<string>()
  const open = [...roots]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue
    const module = graph.getModuleInfo(id)
    if (!module) throw new Error(`There is no module ${id}; say its new place in packages/web/chunks.ts.`)
    found.add(id)
    open.push(...module.importedIds)
  }
  return found
}
