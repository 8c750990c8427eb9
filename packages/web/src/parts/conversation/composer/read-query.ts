/** What of a reply looks for a template: it begins with a slash, and is one line yet. Undefined: nothing. */
export function readTemplateQuery(text: string): string | undefined {
  const match = /^\/([^\n]*)$/.exec(text)
  // Two slashes begin a path or a comment, and nobody looks for so long a name.
  return match && !match[1]!.startsWith('/') && match[1]!.length <= 60 ? match[1] : undefined
}

/** What stands behind an @ right before the caret; undefined: nobody is being named. */
export function readMentionQuery(text: string, caret: number): { query: string; start: number } | undefined {
  const before = text.slice(0, caret)
  const match = /(?:^|[^\p{L}\p{N}_@])@([\p{L}\p{N}_.'’-]*(?: [\p{L}\p{N}_.'’-]+)?)$/u.exec(before)
  return match ? { query: match[1]!, start: caret - match[1]!.length - 1 } : undefined
}
